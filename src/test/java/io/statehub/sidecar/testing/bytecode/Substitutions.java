package io.statehub.sidecar.testing.bytecode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Whether all that is to be replaced in a native image is there: GraalVM stops at a substitution of a class, method or
 * field that its library has no more. What is to be replaced in the JDK depends on the JDK, and isn't looked at; nor is
 * what a condition may leave out and nobody has.
 */
public final class Substitutions {

    private static final String ANNOTATIONS = "Lcom/oracle/svm/core/annotate/";
    private static final Set<String> NAME_SOMETHING =
            Set.of("Alias;", "Substitute;", "Delete;", "AnnotateOriginal;", "KeepOriginal;");

    /** A field or method that stands for one of the target, by the name and descriptor that it has there. */
    private record Member(String name, String descriptor, boolean conditional) {}

    private final ClassPath classes;
    private final Map<String, String> targets = new HashMap<>();

    public Substitutions(ClassPath classes) {
        this.classes = classes;
        for (String name : classes.names()) {
            String target = classes.find(name).orElseThrow().substitutes();
            if (target != null) {
                targets.put(name, target.replace('.', '/'));
            }
        }
    }

    /** How many classes replace something in others. */
    public int size() {
        return targets.size();
    }

    /** What is replaced and isn't there, by the class that replaces it. */
    public Map<String, List<String>> missing() {
        Map<String, List<String>> missing = new TreeMap<>();
        targets.forEach((substitution, target) -> {
            List<String> of = missing(substitution, target);
            if (!of.isEmpty()) {
                missing.put(substitution.replace('/', '.'), of);
            }
        });
        return missing;
    }

    private List<String> missing(String substitution, String target) {
        Reading reading = new Reading();
        classes.accept(substitution, reading);
        if (target.matches("(com/sun|java|javax|jdk|sun)/.*")) {
            return List.of();
        }
        ClassFile file = classes.find(target).orElse(null);
        if (file == null) {
            return reading.conditional ? List.of() : List.of(target.replace('/', '.'));
        }
        List<String> missing = new ArrayList<>();
        for (Member method : reading.methods) {
            String named = method.name() + mapped(method.descriptor());
            if (!method.conditional() && !file.methods().containsKey(named)) {
                missing.add(target.replace('/', '.') + "." + named);
            }
        }
        for (Member field : reading.fields) {
            String named = field.name() + " " + mapped(field.descriptor());
            if (!field.conditional() && !hasField(target, named)) {
                missing.add(target.replace('/', '.') + "." + named);
            }
        }
        return missing;
    }

    /** Fields are looked for in superclasses too. */
    private boolean hasField(String owner, String field) {
        for (ClassFile file = classes.find(owner).orElse(null);
                file != null;
                file = file.superName() == null
                        ? null
                        : classes.find(file.superName()).orElse(null)) {
            if (file.fields().contains(field)) {
                return true;
            }
        }
        return false;
    }

    /** With each class that stands for another by the name of that. */
    private String mapped(String descriptor) {
        StringBuilder mapped = new StringBuilder();
        for (int from = 0; from < descriptor.length(); from++) {
            char next = descriptor.charAt(from);
            mapped.append(next);
            if (next == 'L') {
                int end = descriptor.indexOf(';', from);
                String type = descriptor.substring(from + 1, end);
                mapped.append(targets.getOrDefault(type, type)).append(';');
                from = end;
            }
        }
        return mapped.toString();
    }

    /** What a class that replaces something in another names there. */
    private static final class Reading extends ClassVisitor {

        private final List<Member> methods = new ArrayList<>();
        private final List<Member> fields = new ArrayList<>();
        private boolean conditional;

        Reading() {
            super(Opcodes.ASM9);
        }

        @Override
        public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            // A substitution may be for another platform than ours.
            conditional |= descriptor.equals("Lorg/graalvm/nativeimage/Platforms;");
            return !descriptor.equals(ANNOTATIONS + "TargetClass;")
                    ? null
                    : new Conditions() {
                        @Override
                        void condition() {
                            conditional = true;
                        }
                    };
        }

        @Override
        public FieldVisitor visitField(
                int access, String name, String descriptor, @Nullable String signature, @Nullable Object value) {
            Naming naming = new Naming(name, descriptor, fields);
            return new FieldVisitor(Opcodes.ASM9) {
                @Override
                public @Nullable AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
                    return naming.annotation(annotation);
                }

                @Override
                public void visitEnd() {
                    naming.end();
                }
            };
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            Naming naming = new Naming(name, descriptor, methods);
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public @Nullable AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
                    return naming.annotation(annotation);
                }

                @Override
                public void visitEnd() {
                    naming.end();
                }
            };
        }
    }

    /** A condition on which a substitution is made, whatever it is; absent, it is always made. */
    private abstract static class Conditions extends AnnotationVisitor {

        Conditions() {
            super(Opcodes.ASM9);
        }

        abstract void condition();

        @Override
        public void visit(@Nullable String key, Object value) {
            if ("classNameProvider".equals(key)) {
                condition();
            }
        }

        @Override
        public AnnotationVisitor visitArray(String key) {
            if (key.equals("onlyWith")) {
                condition();
            }
            return new AnnotationVisitor(Opcodes.ASM9) {};
        }
    }

    /** The annotations of one field or method. */
    private static final class Naming {

        private final Set<String> annotations = new HashSet<>();
        private final String descriptor;
        private final List<Member> into;
        private String name;
        private boolean conditional;

        Naming(String name, String descriptor, List<Member> into) {
            this.name = name;
            this.descriptor = descriptor;
            this.into = into;
        }

        @Nullable
        AnnotationVisitor annotation(String annotation) {
            if (!annotation.startsWith(ANNOTATIONS)) {
                return null;
            }
            annotations.add(annotation.substring(ANNOTATIONS.length()));
            return new Conditions() {
                @Override
                public void visit(@Nullable String key, Object value) {
                    super.visit(key, value);
                    if ("name".equals(key) && annotation.endsWith("/TargetElement;")) {
                        name = value.toString();
                    }
                }

                @Override
                void condition() {
                    conditional = true;
                }
            };
        }

        void end() {
            if (annotations.stream().anyMatch(NAME_SOMETHING::contains)) {
                into.add(new Member(name, descriptor, conditional));
            }
        }
    }
}
