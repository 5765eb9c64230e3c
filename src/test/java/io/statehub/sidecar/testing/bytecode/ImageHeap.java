package io.statehub.sidecar.testing.bytecode;

import io.statehub.sidecar.testing.bytecode.ClassFile.Method;
import io.statehub.sidecar.testing.bytecode.ClassFile.Reference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What must not be made while a native image is built: it would lie in the image's heap, and be the same, closed or
 * dead in every process that starts from it. GraalVM refuses most of it
 * (com.oracle.svm.hosted.image.DisallowedImageHeapObjects).
 */
public final class ImageHeap {

    private static final List<String> FORBIDDEN = List.of(
            "java/util/Random",
            "java/util/SplittableRandom",
            "java/lang/Thread",
            "java/util/Timer",
            "java/util/concurrent/ForkJoinPool",
            "java/io/FileInputStream",
            "java/io/FileOutputStream",
            "java/io/FileDescriptor",
            "java/io/RandomAccessFile",
            "java/net/Socket",
            "java/net/ServerSocket",
            "java/net/DatagramSocket",
            "java/nio/MappedByteBuffer",
            "java/nio/channels/Channel",
            "java/nio/channels/Selector",
            "java/lang/Process",
            "java/lang/ref/Cleaner",
            "java/util/zip/Inflater",
            "java/util/zip/Deflater",
            "java/util/zip/ZipFile");

    /** Methods of the JDK that give such an object although they don't say so by its type, and where they are. */
    private static final Map<String, List<String>> FACTORIES = Map.of(
            "java/nio/ByteBuffer", List.of("allocateDirect"),
            "java/nio/file/Files",
                    List.of("newInputStream", "newOutputStream", "newBufferedReader", "newBufferedWriter"),
            "java/lang/Thread", List.of("start", "startVirtualThread"));

    private final ClassPath classes;

    public ImageHeap(ClassPath classes) {
        this.classes = classes;
    }

    /** For each of the classes whose initialiser makes something forbidden: what, and through which calls. */
    public Map<String, String> forbidden(Set<String> initializedAtBuildTime) {
        Map<String, String> found = new TreeMap<>();
        for (String type : initializedAtBuildTime) {
            String made = made(type);
            if (made != null) {
                found.put(type.replace('/', '.'), made);
            }
        }
        return found;
    }

    private @Nullable String made(String type) {
        Deque<Method> next = new ArrayDeque<>();
        Set<Method> seen = new HashSet<>();
        Optional<Method> initializer = method(type, "<clinit>()V");
        initializer.ifPresent(next::add);
        while (!next.isEmpty()) {
            Method method = next.remove();
            if (!seen.add(method)) {
                continue;
            }
            for (Reference reference : method.references()) {
                if (forbidden(reference)) {
                    return what(reference) + " in " + method.owner().replace('/', '.') + "." + method.name();
                }
                if (reference instanceof Reference.Call call && !call.stored()) {
                    method(call.owner(), call.method()).ifPresent(next::add);
                }
            }
        }
        return null;
    }

    private boolean forbidden(Reference reference) {
        if (reference instanceof Reference.New made) {
            return isForbidden(made.owner());
        }
        if (reference instanceof Reference.Static field && field.written()) {
            return field.type().startsWith("L")
                    && isForbidden(field.type().substring(1, field.type().length() - 1));
        }
        if (reference instanceof Reference.Call call) {
            String name = call.method().substring(0, call.method().indexOf('('));
            String result = call.method().substring(call.method().indexOf(')') + 1);
            boolean factory = FACTORIES.getOrDefault(call.owner(), List.of()).contains(name);
            boolean opens = !call.dispatched()
                    && !name.startsWith("<")
                    && classes.find(call.owner()).filter(ClassFile::platform).isPresent()
                    && !result.equals("Ljava/lang/Thread;")
                    && !name.equals("current")
                    && result.startsWith("L")
                    && isForbidden(result.substring(1, result.length() - 1));
            return factory || opens;
        }
        return false;
    }

    private static String what(Reference reference) {
        if (reference instanceof Reference.Static field) {
            return "a static " + field.type().replaceAll("^.*/|;$", "") + " " + field.field();
        }
        if (reference instanceof Reference.Call call) {
            return call.owner().replaceAll("^.*/", "") + "." + call.method().replaceAll("\\(.*", "()");
        }
        return "a new " + reference.owner().replaceAll("^.*/", "");
    }

    private boolean isForbidden(@Nullable String type) {
        for (String above = type; above != null; above = superOf(above)) {
            if (FORBIDDEN.contains(above)) {
                return true;
            }
            for (String implemented :
                    classes.find(above).map(ClassFile::interfaces).orElse(List.of())) {
                if (isForbidden(implemented)) {
                    return true;
                }
            }
        }
        return false;
    }

    private @Nullable String superOf(String type) {
        return classes.find(type).map(ClassFile::superName).orElse(null);
    }

    private Optional<Method> method(String owner, String name) {
        for (String type = owner; type != null; type = superOf(type)) {
            ClassFile file = classes.find(type).orElse(null);
            if (file == null || file.platform()) {
                return Optional.empty();
            }
            Method found = file.methods().get(name);
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }
}
