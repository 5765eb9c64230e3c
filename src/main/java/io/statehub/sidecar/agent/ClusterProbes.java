package io.statehub.sidecar.agent;

import io.statehub.sidecar.config.MemberAddress;
import io.statehub.sidecar.kubernetes.Instance;
import io.statehub.sidecar.probe.Probe;
import io.statehub.sidecar.probe.postgres.PostgresProbes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** The probes of the members and of the write endpoint, which follow the members as they come, go and move. */
final class ClusterProbes implements Supplier<List<Probe>>, AutoCloseable {

    private final Function<MemberAddress, Probe> making;
    private final Probe writeEndpoint;
    private Map<Instance, Probe> members = new LinkedHashMap<>();

    /** Begins with the members that are set, if any. */
    ClusterProbes(PostgresProbes making, List<MemberAddress> fixed) {
        this(making::member, making.writeEndpoint(), fixed);
    }

    ClusterProbes(Function<MemberAddress, Probe> making, Probe writeEndpoint, List<MemberAddress> fixed) {
        this.making = making;
        this.writeEndpoint = writeEndpoint;
        follow(fixed.stream().map(Instance::at).toList());
    }

    /** From now on these are the members. One that is the same at the same address keeps its connection. */
    synchronized void follow(List<Instance> instances) {
        Map<Instance, Probe> next = new LinkedHashMap<>();
        for (Instance instance : instances) {
            Probe kept = members.remove(instance);
            next.put(instance, kept == null ? probe(instance) : kept);
        }
        members.values().forEach(Probe::close);
        members = next;
    }

    private Probe probe(Instance instance) {
        return instance.address().map(making).orElseGet(() -> PostgresProbes.withoutAddress(instance.name()));
    }

    @Override
    public synchronized List<Probe> get() {
        List<Probe> all = new ArrayList<>(members.values());
        all.add(writeEndpoint);
        return all;
    }

    @Override
    public void close() {
        get().forEach(Probe::close);
    }
}
