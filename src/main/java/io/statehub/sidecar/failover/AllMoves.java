package io.statehub.sidecar.failover;

import java.util.Optional;

/** The moves from every state. */
final class AllMoves implements FailoverState.Moves {

    private final QuietMoves quiet;
    private final PrimaryMoves primary;
    private final SuccessorMoves successor;
    private final SplitBrainMoves splitBrain;

    AllMoves(StepContext context) {
        this.quiet = new QuietMoves(context);
        this.primary = new PrimaryMoves(context);
        this.successor = new SuccessorMoves(context);
        this.splitBrain = new SplitBrainMoves(context);
    }

    /** The move that two primaries make necessary, from wherever. */
    Optional<FailoverState> intoSplitBrain(FailoverState state) {
        return splitBrain.into(state);
    }

    @Override
    public FailoverState from(FailoverState.Unknown state) {
        return quiet.from(state);
    }

    @Override
    public FailoverState from(FailoverState.Stable state) {
        return quiet.from(state);
    }

    @Override
    public FailoverState from(FailoverState.Suspect state) {
        return primary.from(state);
    }

    @Override
    public FailoverState from(FailoverState.FailingOver state) {
        return primary.from(state);
    }

    @Override
    public FailoverState from(FailoverState.Returned state) {
        return primary.from(state);
    }

    @Override
    public FailoverState from(FailoverState.Promoted state) {
        return successor.from(state);
    }

    @Override
    public FailoverState from(FailoverState.Routed state) {
        return successor.from(state);
    }

    @Override
    public FailoverState from(FailoverState.SplitBrain state) {
        return splitBrain.from(state);
    }
}
