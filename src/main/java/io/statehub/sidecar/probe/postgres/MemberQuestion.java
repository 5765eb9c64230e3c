package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.Beat;
import io.statehub.sidecar.observation.MemberRole;
import io.statehub.sidecar.observation.RoleState;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * All that a member is asked in a round, in one statement whose parts speak of one moment. Only without a right to one
 * of them is less asked ({@link #WITHOUT_STATISTICS}).
 *
 * @param statistics whether it asks what the views of statistics tell of senders, slots, archiver and waiting commits
 * @param writer whose newest beat is asked for as well; empty to ask for none
 */
record MemberQuestion(boolean statistics, Optional<HeartbeatWriter> writer) implements Question<MemberQuestion.Answer> {

    static final MemberQuestion WITHOUT_STATISTICS = new MemberQuestion(false, Optional.empty());
    static final MemberQuestion WITHOUT_BEAT = new MemberQuestion(true, Optional.empty());

    /**
     * What it says.
     *
     * @param who of which server; its statistics count as invisible where they were not asked for
     * @param standby of a standby
     * @param primary of a primary that was asked for statistics
     */
    record Answer(
            IdentityQuestion.Answer who,
            Optional<RoleState.Standby> standby,
            Optional<PrimaryPart.Answer> primary,
            WalSendersPart.Answer senders,
            SlotsPart.Answer slots,
            Optional<Beat> beat) {

        Answer with(Optional<Beat> newest) {
            return new Answer(who, standby, primary, senders, slots, newest);
        }
    }

    @Override
    public String sql() {
        return sql(IdentityQuestion.columns(), PrimaryPart.columns());
    }

    @Override
    public Optional<Prepared> prepared() {
        return Optional.of(new Prepared(
                "statehub_member" + (statistics ? "" : "_shallow") + (writer.isPresent() ? "_beat" : ""),
                session -> sql(IdentityQuestion.columns(session), PrimaryPart.columnsWhereNobodySets())));
    }

    private String sql(String identity, String primary) {
        StringBuilder columns =
                new StringBuilder("SELECT ").append(identity).append(",\n").append(StandbyPart.COLUMNS);
        StringBuilder from = new StringBuilder("\nFROM ").append(WalPositionSql.HERE);
        if (statistics) {
            columns.append(",\n")
                    .append(primary)
                    .append(",\n")
                    .append(WalSendersPart.COLUMN)
                    .append(",\n")
                    .append(SlotsPart.COLUMN);
            from.append('\n').append(PrimaryPart.JOINS);
        }
        writer.ifPresent(it -> {
            columns.append(",\nbeat.run, beat.sequence");
            from.append("\nLEFT JOIN ").append(it.table("writer")).append(" beat ON beat.writer = ?");
        });
        return columns.append(from).toString();
    }

    @Override
    public void bind(PreparedStatement statement) throws SQLException {
        if (writer.isPresent()) {
            statement.setString(1, writer.get().name());
        }
    }

    @Override
    public Answer map(ResultSet rows) throws SQLException {
        Columns.oneRow(rows);
        IdentityQuestion.Answer seen = IdentityQuestion.read(rows);
        // Without them no figure may pass for one.
        IdentityQuestion.Answer who = statistics ? seen : seen.withoutStatistics();
        boolean primary = who.role() == MemberRole.PRIMARY;
        return new Answer(
                who,
                primary ? Optional.empty() : Optional.of(StandbyPart.read(rows)),
                primary && statistics ? Optional.of(PrimaryPart.read(rows)) : Optional.empty(),
                statistics ? WalSendersPart.read(rows) : WalSendersPart.Answer.NONE,
                statistics ? SlotsPart.read(rows) : SlotsPart.Answer.UNASKED,
                beat(rows));
    }

    private Optional<Beat> beat(ResultSet row) throws SQLException {
        String run = writer.isPresent() ? row.getString("run") : null;
        return run == null ? Optional.empty() : Optional.of(new Beat(run, Columns.number(row, "sequence")));
    }
}
