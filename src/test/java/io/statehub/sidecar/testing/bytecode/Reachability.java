package io.statehub.sidecar.testing.bytecode;

import io.statehub.sidecar.testing.bytecode.ClassFile.Method;
import io.statehub.sidecar.testing.bytecode.ClassFile.Reference;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which methods can be called, and which classes are initialised, from some entry points: rapid type analysis (Bacon
 * and Sweeney, OOPSLA 1996). A method that objects decide upon is reached in every class of which an object is made
 * somewhere. What GraalVM finds is less, never more, but for what is called by reflection: entries of the generated
 * configuration are entry points here. Of the JDK no code is read: it may call whatever overrides a method of one of
 * its classes.
 */
public final class Reachability {

    private static final String INITIALIZER = "<clinit>()V";

    private final ClassPath classes;
    private final Predicate<String> atRunTime;
    private final Map<String, ClassFile> substitutions = new HashMap<>();
    private final Set<String> deleted = new HashSet<>();

    private final Deque<Method> next = new ArrayDeque<>();
    private final Map<String, Method> reached = new LinkedHashMap<>();
    private final Set<String> run = new HashSet<>();
    private final Set<String> made = new HashSet<>();
    private final Set<String> initialized = new HashSet<>();
    private final Set<String> atBuildTime = new LinkedHashSet<>();
    private final Map<String, Set<String>> calledOn = new HashMap<>();
    private final Map<String, Set<String>> madeBelow = new HashMap<>();
    private final Map<String, String> unresolved = new TreeMap<>();

    /**
     * Prepares an analysis.
     *
     * @param atRunTime which classes, by name with dots, are initialised when the executable runs, not when it is built
     */
    public Reachability(ClassPath classes, Predicate<String> atRunTime) {
        this.classes = classes;
        this.atRunTime = atRunTime;
    }

    /** Takes into account what a native image puts in the place of methods. */
    public Reachability withSubstitutions() {
        for (String name : classes.names()) {
            ClassFile file = classes.find(name).orElseThrow();
            String target = file.substitutes();
            if (target != null) {
                substitutions.put(target.replace('.', '/'), file);
                if (file.deletes()) {
                    deleted.add(target.replace('.', '/'));
                }
            }
        }
        return this;
    }

    /** Enters at a method, such as {@code main([Ljava/lang/String;)V}. */
    public Reachability enter(String owner, String method) {
        initialize(owner, "an entry point");
        reach(owner, method, "an entry point");
        return this;
    }

    /** Enters at every constructor and, if asked for, every method of a class; one that isn't there is left out. */
    public Reachability enterReflectively(String owner, boolean methodsToo) {
        classes.find(owner).filter(file -> !file.platform()).ifPresent(file -> {
            make(owner, "reflection");
            for (String method : List.copyOf(file.methods().keySet())) {
                if (methodsToo || method.startsWith("<init>")) {
                    reach(owner, method, "reflection");
                }
            }
        });
        return this;
    }

    /** Follows every reference from the entry points. */
    public Reachability follow() {
        while (!next.isEmpty()) {
            Method method = next.remove();
            String from = method.owner() + "." + method.name();
            for (Reference reference : method.references()) {
                follow(reference, from);
            }
        }
        return this;
    }

    private void follow(Reference reference, String from) {
        if (reference instanceof Reference.New made) {
            make(made.owner(), from);
        } else if (reference instanceof Reference.Static field) {
            initialize(field.owner(), from);
        } else if (reference instanceof Reference.Call call) {
            if (!call.dispatched()) {
                initialize(call.owner(), from);
                reach(call.owner(), call.method(), from);
            } else if (resolvable(call.owner(), from)
                    && calledOn.computeIfAbsent(call.owner(), any -> new HashSet<>())
                            .add(call.method())) {
                for (String type : List.copyOf(madeBelow.getOrDefault(call.owner(), Set.of()))) {
                    reach(type, call.method(), from);
                }
            }
        }
    }

    private boolean resolvable(String name, String from) {
        if (name.startsWith("[") || name.startsWith("com/oracle/svm/") || name.startsWith("org/graalvm/")) {
            return false;
        }
        if (classes.find(name).isEmpty() && !deleted.contains(name)) {
            unresolved.putIfAbsent(name, from);
            return false;
        }
        return true;
    }

    private void reach(String owner, String method, String from) {
        if (resolvable(owner, from)) {
            resolve(owner, method)
                    .filter(found -> !found.isAbstract())
                    .filter(found -> reached.putIfAbsent(found.owner() + "." + found.name(), found) == null)
                    .ifPresent(next::add);
        }
    }

    /** The method that an object of that class runs; empty if it is the JDK's, or nobody's. */
    private Optional<Method> resolve(String owner, String method) {
        for (String type : lineage(owner)) {
            ClassFile substitute = substitutions.get(type);
            if (substitute != null && substitute.methods().containsKey(method)) {
                Method found = substitute.methods().get(method);
                if (found.substitute()) {
                    return Optional.of(found);
                }
            }
            ClassFile file = classes.find(type).orElse(null);
            if (file != null && file.methods().containsKey(method)) {
                Method found = file.methods().get(method);
                if (file.platform() || !found.isAbstract()) {
                    return file.platform() ? Optional.empty() : Optional.of(found);
                }
            }
        }
        return Optional.empty();
    }

    private void make(String type, String from) {
        if (!resolvable(type, from)) {
            return;
        }
        initialize(type, from);
        if (!made.add(type) || classes.find(type).orElseThrow().platform()) {
            return;
        }
        for (String above : lineage(type)) {
            madeBelow.computeIfAbsent(above, any -> new LinkedHashSet<>()).add(type);
            for (String method : List.copyOf(calledOn.getOrDefault(above, Set.of()))) {
                reach(type, method, from);
            }
            classes.find(above).filter(ClassFile::platform).ifPresent(file -> {
                for (Method callback : file.methods().values()) {
                    if (!callback.isStatic() && !callback.name().startsWith("<")) {
                        reach(type, callback.name(), from);
                    }
                }
            });
        }
    }

    /** A class, its superclasses from below, then their interfaces. */
    private Collection<String> lineage(String type) {
        Set<String> all = new LinkedHashSet<>();
        for (String above = type; above != null; above = superOf(above)) {
            all.add(above);
        }
        for (String above : List.copyOf(all)) {
            interfaces(above, all);
        }
        return all;
    }

    private @Nullable String superOf(String type) {
        return classes.find(type).map(ClassFile::superName).orElse(null);
    }

    private void interfaces(String type, Set<String> into) {
        for (String above : classes.find(type).map(ClassFile::interfaces).orElse(List.of())) {
            if (into.add(above)) {
                interfaces(above, into);
            }
        }
    }

    private void initialize(String type, String from) {
        if (!resolvable(type, from) || !initialized.add(type)) {
            return;
        }
        ClassFile file = classes.find(type).orElse(null);
        if (file == null || file.platform()) {
            return;
        }
        if (file.superName() != null && !file.isInterface()) {
            initialize(file.superName(), from);
        }
        if (atRunTime.test(type.replace('/', '.'))) {
            reach(type, INITIALIZER, from);
        } else if (file.methods().containsKey(INITIALIZER)) {
            atBuildTime.add(type);
            runAtBuildTime(file.methods().get(INITIALIZER));
        }
    }

    /** What is made while the image is built lies in its heap; what is stored there may be called. */
    private void runAtBuildTime(Method method) {
        if (!run.add(method.owner() + "." + method.name())) {
            return;
        }
        String from = method.owner() + "." + method.name();
        for (Reference reference : method.references()) {
            if (reference instanceof Reference.Call call) {
                if (call.stored()) {
                    follow(call, from);
                }
                if (classes.find(call.owner()).isPresent()) {
                    initialize(call.owner(), from);
                    resolve(call.owner(), call.method()).ifPresent(this::runAtBuildTime);
                }
            } else if (classes.find(reference.owner()).isPresent()) {
                follow(reference, from);
            }
        }
    }

    /** How many methods can be called, the JDK's own not counted. */
    public int methods() {
        return reached.size();
    }

    /** How many of them are in this package and those below, given with slashes and one at its end. */
    public long methodsIn(String below) {
        return reached.values().stream()
                .filter(method -> method.owner().startsWith(below))
                .count();
    }

    /** The classes whose initialisers run while the image is built, with slashes. */
    public Set<String> initializedAtBuildTime() {
        return atBuildTime;
    }

    /** The classes that can be called for and that nobody has, each with a method that refers to it. */
    public Map<String, String> unresolved() {
        return unresolved;
    }
}
