package io.statehub.sidecar.testing.bytecode;

import static java.util.Map.entry;

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
import java.util.function.Predicate;
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
            "java/util/zip/ZipFile",
            // Each holds random numbers of the JDK's.
            "javax/net/ssl/SSLContext",
            "javax/net/ssl/SSLEngine",
            "javax/net/ssl/SSLSocketFactory",
            "javax/net/ssl/SSLServerSocketFactory",
            "java/security/KeyPairGenerator",
            "javax/crypto/KeyGenerator",
            "javax/crypto/KeyAgreement",
            // They run threads, or have files open.
            "java/net/http/HttpClient",
            "java/nio/file/WatchService");

    /** Methods of the JDK that give such an object although they don't say so by its type, and where they are. */
    private static final Map<String, List<String>> FACTORIES = Map.of(
            "java/nio/ByteBuffer", List.of("allocateDirect"),
            "java/nio/file/Files",
                    List.of("newInputStream", "newOutputStream", "newBufferedReader", "newBufferedWriter"),
            "java/lang/Thread", List.of("start", "startVirtualThread"),
            "javax/net/ssl/SSLSocketFactory", List.of("getDefault"),
            "javax/net/ssl/SSLServerSocketFactory", List.of("getDefault"));

    private static final String ANY = "*";

    /** What the JDK answers differently on another machine, or at another time, and where. */
    private static final Map<String, List<String>> ANSWERS = Map.ofEntries(
            entry("java/lang/Boolean", List.of("getBoolean")),
            entry("java/lang/Integer", List.of("getInteger")),
            entry("java/lang/Long", List.of("getLong")),
            entry("java/lang/Math", List.of("random")),
            entry("java/lang/ProcessHandle", List.of(ANY)),
            entry("java/lang/Runtime", List.of("availableProcessors", "freeMemory", "maxMemory", "totalMemory")),
            entry(
                    "java/lang/System",
                    List.of("currentTimeMillis", "getenv", "getProperties", "getProperty", "nanoTime")),
            entry("java/lang/management/ManagementFactory", List.of(ANY)),
            entry("java/net/InetAddress", List.of(ANY)),
            entry("java/net/NetworkInterface", List.of(ANY)),
            entry("java/nio/charset/Charset", List.of("defaultCharset")),
            entry("java/nio/file/Files", List.of(ANY)),
            entry("java/time/Instant", List.of("now")),
            entry("java/time/LocalDate", List.of("now")),
            entry("java/time/LocalDateTime", List.of("now")),
            entry("java/time/OffsetDateTime", List.of("now")),
            entry("java/time/ZoneId", List.of("systemDefault")),
            entry("java/time/ZonedDateTime", List.of("now")),
            entry("java/util/Locale", List.of("getDefault")),
            entry("java/util/TimeZone", List.of("getDefault")),
            entry("java/util/UUID", List.of("randomUUID")),
            entry("java/util/concurrent/ThreadLocalRandom", List.of("current")));

    private final ClassPath classes;

    public ImageHeap(ClassPath classes) {
        this.classes = classes;
    }

    /** For each of the classes whose initialiser makes something forbidden: what, and through which calls. */
    public Map<String, String> forbidden(Set<String> initializedAtBuildTime) {
        return found(initializedAtBuildTime, this::forbidden);
    }

    /**
     * For each of the classes whose initialiser asks something that has another answer where and when the executable
     * runs, such as a setting, a name or the time: what, and through which calls. GraalVM refuses none of it.
     */
    public Map<String, String> frozen(Set<String> initializedAtBuildTime) {
        return found(initializedAtBuildTime, ImageHeap::frozen);
    }

    private Map<String, String> found(Set<String> initialized, Predicate<Reference> wrong) {
        Map<String, String> found = new TreeMap<>();
        for (String type : initialized) {
            String what = found(type, wrong);
            if (what != null) {
                found.put(type.replace('/', '.'), what);
            }
        }
        return found;
    }

    private @Nullable String found(String type, Predicate<Reference> wrong) {
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
                if (wrong.test(reference)) {
                    return what(reference) + " in " + method.owner().replace('/', '.') + "." + method.name();
                }
                if (reference instanceof Reference.Call call && !call.stored()) {
                    method(call.owner(), call.method()).ifPresent(next::add);
                }
            }
        }
        return null;
    }

    private static boolean frozen(Reference reference) {
        if (!(reference instanceof Reference.Call call) || call.stored()) {
            return false;
        }
        List<String> asked = ANSWERS.getOrDefault(call.owner(), List.of());
        return asked.contains(ANY)
                || asked.contains(call.method().substring(0, call.method().indexOf('(')));
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
