package io.statehub.sidecar.cli.drill;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statehub.sidecar.config.KubernetesSettings;
import io.statehub.sidecar.drill.DrillException;
import io.statehub.sidecar.drill.trigger.ApiPodTrigger;
import io.statehub.sidecar.drill.trigger.CommandTrigger;
import io.statehub.sidecar.drill.trigger.KubernetesDeployment;
import io.statehub.sidecar.drill.trigger.KubernetesTrigger;
import io.statehub.sidecar.drill.trigger.KubernetesTrigger.Fault;
import io.statehub.sidecar.drill.trigger.ManualTrigger;
import io.statehub.sidecar.drill.trigger.Trigger;
import io.statehub.sidecar.time.TimeSource;
import jakarta.inject.Provider;
import java.util.Arrays;
import java.util.Optional;

/** The triggers by the names that are typed. */
final class Triggers {

    static final String ALLOWED =
            "manual, command:CMD, kubernetes:delete-primary-pod, kubernetes:cordon-and-delete, cnpg:switchover";

    static final String ALLOWED_FOR_API = "manual, command:CMD, " + ApiPodTrigger.LABEL;

    private static final String COMMAND = "command:";
    private static final String MANUAL = "manual";

    private final KubernetesSettings settings;
    private final Provider<KubernetesClient> client;
    private final TimeSource time;

    Triggers(KubernetesSettings settings, Provider<KubernetesClient> client, TimeSource time) {
        this.settings = settings;
        this.client = client;
        this.time = time;
    }

    static boolean allowed(String name) {
        return byHandOrCommand(name) || fault(name).isPresent();
    }

    static boolean allowedForApi(String name) {
        return byHandOrCommand(name) || name.equals(ApiPodTrigger.LABEL);
    }

    private static boolean byHandOrCommand(String name) {
        return name.equals(MANUAL) || (name.startsWith(COMMAND) && !name.equals(COMMAND));
    }

    /** A trigger of the API drill. */
    static Trigger forApi(String name, Optional<KubernetesDeployment> deployment) throws DrillException {
        if (!name.equals(ApiPodTrigger.LABEL)) {
            return simple(name);
        }
        return new ApiPodTrigger(
                deployment.orElseThrow(() -> new DrillException("--trigger: " + name + " needs --deployment")));
    }

    private static Trigger simple(String name) {
        return name.startsWith(COMMAND) ? new CommandTrigger(name.substring(COMMAND.length())) : new ManualTrigger();
    }

    private static Optional<Fault> fault(String name) {
        return Arrays.stream(Fault.values())
                .filter(fault -> fault.label().equals(name))
                .findFirst();
    }

    Trigger named(String name) throws DrillException {
        Optional<Fault> fault = fault(name);
        if (fault.isEmpty()) {
            return simple(name);
        }
        if (settings.cluster().isEmpty()) {
            throw new DrillException("--trigger: " + name + " needs statehub.kubernetes.cluster");
        }
        return of(fault.get());
    }

    /** Undoes what any of them left. */
    Trigger undoing() {
        return of(Fault.CORDON_AND_DELETE);
    }

    private Trigger of(Fault fault) {
        return new KubernetesTrigger(
                fault, client::get, settings.namespace(), settings.cluster().orElse("unknown"), time);
    }
}
