package io.statehub.sidecar.failover;

import java.util.Optional;

/** The moves from every state. Within an incident, that another cluster stands at the addresses ends it. */
final class AllMoves implements FailoverState.Moves {
    private final QuietMoves quiet;
    private final TroubledMoves troubled;
    private final Turn turn;

    AllMoves(Turn turn) {
        this.turn = turn;
        this.quiet = new QuietMoves(turn);
        this.troubled = new TroubledMoves(turn);
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
        return anotherCluster(state) ? abandon(state) : troubled.from(state);
    }

    @Override
    public FailoverState from(FailoverState.FailingOver state) {
        return anotherCluster(state) ? abandon(state) : troubled.from(state);
    }

    @Override
    public FailoverState from(FailoverState.Returned state) {
        return anotherCluster(state) ? abandon(state) : troubled.from(state);
    }

    @Override
    public FailoverState from(FailoverState.Promoted state) {
        return anotherCluster(state) ? abandon(state) : troubled.from(state);
    }

    @Override
    public FailoverState from(FailoverState.Routed state) {
        return anotherCluster(state) ? abandon(state) : troubled.from(state);
    }

    @Override
    public FailoverState from(FailoverState.SplitBrain state) {
        return anotherCluster(state) ? abandon(state) : troubled.from(state);
    }

    private boolean anotherCluster(FailoverState.Troubled state) {
        return turn.sights().anotherCluster(state.leading());
    }

    private FailoverState abandon(FailoverState.Troubled state) {
        turn.end(state.trouble(), Outcome.FAILED, "another cluster stands at the members' addresses");
        return new FailoverState.Unknown(Optional.empty());
    }
}
