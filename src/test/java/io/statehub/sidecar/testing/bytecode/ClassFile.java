package io.statehub.sidecar.testing.bytecode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * What a class file says: its place in the hierarchy, its fields, and what the code of its methods refers to.
 * Names of classes are internal ones, with slashes; a method is known by its name and descriptor, written together.
 */
final class ClassFile {

    private static final int API = Opcodes.ASM9;
    private static final String SUBSTITUTE = "Lcom/oracle/svm/core/annotate/Substitute;";
    private static final String DELETE = "Lcom/oracle/svm/core/annotate/Delete;";
    private static final String TARGET = "Lcom/oracle/svm/core/annotate/TargetClass;";

    /** What a method's code refers to. */
    sealed interface Reference {

        /** The class that is referred to. */
        String owner();

        /**
         * A call, or a method that a lambda or a method reference stands for.
         *
         * @param dispatched whether the object decides which method it is
         * @param stored whether it is called by whoever gets the lambda
         */
        record Call(String owner, String method, boolean dispatched, boolean stored) implements Reference {}

        /** An object made. */
        record New(String owner) implements Reference {}

        /** A static field read or written. */
        record Static(String owner, String field, String type, boolean written) implements Reference {}
    }

    /** A method with what its code refers to; without code, nothing. */
    record Method(String owner, String name, int access, List<Reference> references, boolean substitute) {

        boolean isStatic() {
            return (access & Opcodes.ACC_STATIC) != 0;
        }

        boolean isAbstract() {
            return (access & Opcodes.ACC_ABSTRACT) != 0;
        }
    }

    private final Map<String, Method> methods = new HashMap<>();
    private final Set<String> fields = new HashSet<>();
    private final boolean platform;
    private String name = "";
    private @Nullable String superName;
    private List<String> interfaces = List.of();
    private int access;
    private @Nullable String substitutes;
    private boolean deletes;

    private ClassFile(boolean platform) {
        this.platform = platform;
    }

    /**
     * Reads a class file.
     *
     * @param platform whether it is a class of the JDK, of whose code nothing is read
     */
    static ClassFile read(byte[] bytes, boolean platform) {
        ClassFile file = new ClassFile(platform);
        new ClassReader(bytes)
                .accept(
                        file.new Reading(),
                        ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES | (platform ? ClassReader.SKIP_CODE : 0));
        return file;
    }

    String name() {
        return name;
    }

    @Nullable
    String superName() {
        return superName;
    }

    List<String> interfaces() {
        return interfaces;
    }

    /** Whether it is a class of the JDK. */
    boolean platform() {
        return platform;
    }

    boolean isInterface() {
        return (access & Opcodes.ACC_INTERFACE) != 0;
    }

    boolean isAbstract() {
        return (access & Opcodes.ACC_ABSTRACT) != 0;
    }

    Map<String, Method> methods() {
        return methods;
    }

    /** Each field by its name and, after a space, its descriptor. */
    Set<String> fields() {
        return fields;
    }

    /** The class whose methods it takes the place of in a native image, with dots; absent for a usual class. */
    @Nullable
    String substitutes() {
        return substitutes;
    }

    /** Whether the class that it stands for is not to be reached at all. */
    boolean deletes() {
        return deletes;
    }

    private final class Reading extends ClassVisitor {

        Reading() {
            super(API);
        }

        @Override
        public void visit(
                int version,
                int flags,
                String ownName,
                @Nullable String signature,
                @Nullable String parent,
                String @Nullable [] implemented) {
            name = ownName;
            access = flags;
            superName = parent;
            interfaces = implemented == null ? List.of() : List.of(implemented);
        }

        @Override
        public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            deletes |= descriptor.equals(DELETE);
            return descriptor.equals(TARGET) ? new Target() : null;
        }

        @Override
        public @Nullable FieldVisitor visitField(
                int flags, String field, String type, @Nullable String signature, @Nullable Object value) {
            fields.add(field + " " + type);
            return null;
        }

        @Override
        public MethodVisitor visitMethod(
                int flags,
                String method,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            return new Code(flags, method + descriptor);
        }
    }

    private final class Target extends AnnotationVisitor {

        private final StringBuilder inner = new StringBuilder();

        Target() {
            super(API);
        }

        @Override
        public void visit(@Nullable String key, Object value) {
            if (value instanceof Type type && !type.getClassName().startsWith("com.oracle.svm")) {
                substitutes = type.getClassName();
            } else if ("className".equals(key)) {
                substitutes = value.toString();
            }
        }

        @Override
        public AnnotationVisitor visitArray(String key) {
            return new AnnotationVisitor(API) {
                @Override
                public void visit(@Nullable String index, Object value) {
                    if (key.equals("innerClass")) {
                        inner.append('$').append(value);
                    }
                }
            };
        }

        @Override
        public void visitEnd() {
            if (substitutes != null) {
                substitutes += inner;
            }
        }
    }

    private final class Code extends MethodVisitor {

        private final int flags;
        private final String method;
        private final List<Reference> references = new ArrayList<>();
        private boolean substitute;

        Code(int flags, String method) {
            super(API);
            this.flags = flags;
            this.method = method;
        }

        @Override
        public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            substitute |= descriptor.equals(SUBSTITUTE);
            return null;
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            if (opcode == Opcodes.NEW) {
                references.add(new Reference.New(type));
            }
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String field, String type) {
            if (opcode == Opcodes.GETSTATIC || opcode == Opcodes.PUTSTATIC) {
                references.add(new Reference.Static(owner, field, type, opcode == Opcodes.PUTSTATIC));
            }
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String called, String descriptor, boolean ofInterface) {
            if (!owner.startsWith("[")) {
                boolean dispatched = opcode == Opcodes.INVOKEVIRTUAL || opcode == Opcodes.INVOKEINTERFACE;
                references.add(new Reference.Call(owner, called + descriptor, dispatched, false));
            }
        }

        @Override
        public void visitInvokeDynamicInsn(String called, String descriptor, Handle bootstrap, Object... arguments) {
            for (Object argument : arguments) {
                if (argument instanceof Handle handle && handle.getTag() >= Opcodes.H_INVOKEVIRTUAL) {
                    boolean dispatched =
                            handle.getTag() == Opcodes.H_INVOKEVIRTUAL || handle.getTag() == Opcodes.H_INVOKEINTERFACE;
                    if (handle.getTag() == Opcodes.H_NEWINVOKESPECIAL) {
                        references.add(new Reference.New(handle.getOwner()));
                    }
                    references.add(new Reference.Call(
                            handle.getOwner(), handle.getName() + handle.getDesc(), dispatched, true));
                }
            }
        }

        @Override
        public void visitEnd() {
            methods.put(method, new Method(name, method, flags, List.copyOf(references), substitute));
        }
    }
}
