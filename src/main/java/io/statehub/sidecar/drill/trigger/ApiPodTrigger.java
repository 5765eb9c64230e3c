package io.statehub.sidecar.drill.trigger;

import io.statehub.sidecar.drill.DrillException;

/** One pod of the API's Deployment is deleted: the first that is ready, by its name. */
public record ApiPodTrigger(KubernetesDeployment deployment) implements Trigger {

    /** As it is typed. */
    public static final String LABEL = "kubernetes:delete-api-pod";

    @Override
    public String described() {
        return LABEL + " of Deployment " + deployment.name();
    }

    @Override
    public void check() throws DrillException {
        pod();
    }

    @Override
    public String fire(Undos undos) throws DrillException {
        String pod = pod();
        deployment.delete(pod);
        return "pod " + pod + " deleted";
    }

    private String pod() throws DrillException {
        return deployment.state().ready().stream()
                .findFirst()
                .orElseThrow(() ->
                        new DrillException("Deployment " + deployment.name() + " has no pod that is ready to delete"));
    }
}
