package io.statehub.sidecar.drill.trigger;

/** The operator causes the fault, whenever and however. */
public record ManualTrigger() implements Trigger {

    @Override
    public String described() {
        return "manual: you cause the fault, once this says that it watches";
    }

    @Override
    public String fire(Undos undos) {
        return "waiting for the fault";
    }
}
