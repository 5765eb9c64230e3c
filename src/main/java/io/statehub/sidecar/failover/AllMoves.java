package io.statehub.sidecar.failover;

/** The moves from every state. */
final class AllMoves implements FailoverState.Moves {

    private final QuietMoves quiet;
    private final PrimaryMoves primary;
    private final SuccessorMoves successor;

    AllMoves(Turn turn) {
        this.quiet = new QuietMoves(turn);
        this.primary = new PrimaryMoves(turn);
        this.successor = new SuccessorMoves(turn);
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
        return primary.from(state);
    }
}
