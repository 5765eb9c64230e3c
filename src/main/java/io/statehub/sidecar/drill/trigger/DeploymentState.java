package io.statehub.sidecar.drill.trigger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A Deployment and its pods at one moment.
 *
 * @param generation counts the changes of what is wanted: only hands change that, never the loss of a pod
 * @param wanted pods
 * @param ready the names of the pods that are ready and not being ended, in order
 * @param ending how many pods are being ended
 * @param rolledOut whether the Deployment's own status says that all wanted pods are there, of the newest kind
 * @param pods each pod that is not being ended, as {@code name (uid)}, and how often its containers were restarted
 */
public record DeploymentState(
        long generation, int wanted, List<String> ready, int ending, boolean rolledOut, Map<String, Long> pods) {

    public DeploymentState {
        ready = List.copyOf(ready);
        pods = Map.copyOf(pods);
    }

    /** All wanted pods are ready, as its status and the pods say; its status alone may be older than a pod's end. */
    public boolean whole() {
        return rolledOut && ready.size() >= wanted;
    }

    /** In a few words. */
    public String words() {
        return ready.size() + " of " + wanted + " pods ready" + (ending > 0 ? ", " + ending + " being ended" : "")
                + (ready.size() >= wanted && !rolledOut ? ", status not complete" : "");
    }

    /** What became of the pods since an earlier moment, a sentence each: gone, new, or restarted in place. */
    public List<String> changesSince(DeploymentState earlier) {
        List<String> changes = new ArrayList<>();
        new TreeMap<>(earlier.pods).forEach((pod, restarts) -> {
            Long now = pods.get(pod);
            if (now == null) {
                changes.add("pod " + pod + " is gone");
            } else if (now > restarts) {
                changes.add("pod " + pod + " was restarted in place");
            }
        });
        new TreeMap<>(pods)
                .keySet().stream()
                        .filter(pod -> !earlier.pods.containsKey(pod))
                        .forEach(pod -> changes.add("pod " + pod + " is new"));
        return changes;
    }
}
