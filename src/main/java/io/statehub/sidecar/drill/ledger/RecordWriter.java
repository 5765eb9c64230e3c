package io.statehub.sidecar.drill.ledger;

import static io.statehub.sidecar.json.JsonLibrary.JSON;

import io.statehub.sidecar.drill.ledger.LedgerRecord.Begun;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Concluded;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Ended;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Happened;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Sampled;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Sent;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Survived;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Tried;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Triggered;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Undo;
import jakarta.json.JsonObjectBuilder;

/** Records as JSON: when it was written, except of the first, and then the kind as the name of a member. */
final class RecordWriter implements LedgerRecord.Visitor<JsonObjectBuilder> {

    private static JsonObjectBuilder at(LedgerRecord record) {
        return JSON.createObjectBuilder().add("at", record.at());
    }

    @Override
    public JsonObjectBuilder begun(Begun begun) {
        JsonObjectBuilder plan = JSON.createObjectBuilder();
        begun.plan().forEach(plan::add);
        return JSON.createObjectBuilder()
                .add("begun", begun.id())
                .add("kind", begun.kind())
                .add("started", begun.started().toString())
                .add("plan", plan);
    }

    @Override
    public JsonObjectBuilder sent(Sent sent) {
        return at(sent).add("sent", sent.sequence());
    }

    @Override
    public JsonObjectBuilder tried(Tried tried) {
        return at(tried)
                .add("tried", tried.track().label())
                .add("sequence", tried.sequence())
                .add("begun", tried.begun())
                .add("outcome", tried.outcome().label())
                .add("detail", tried.detail());
    }

    @Override
    public JsonObjectBuilder sampled(Sampled sampled) {
        JsonObjectBuilder json =
                at(sampled).add("streaming", sampled.streaming()).add("standing", sampled.standing());
        sampled.lagBytes().ifPresent(bytes -> json.add("lagBytes", bytes));
        return json;
    }

    @Override
    public JsonObjectBuilder happened(Happened happened) {
        return at(happened)
                .add("happened", happened.kind())
                .add("earliest", happened.earliest())
                .add("latest", happened.latest())
                .add("evidence", happened.evidence());
    }

    @Override
    public JsonObjectBuilder triggered(Triggered triggered) {
        return at(triggered).add("triggered", triggered.over()).add("said", triggered.said());
    }

    @Override
    public JsonObjectBuilder concluded(Concluded concluded) {
        return at(concluded).add("concluded", concluded.outcome()).add("evidence", concluded.evidence());
    }

    @Override
    public JsonObjectBuilder undo(Undo undo) {
        return at(undo).add("undo", undo.what()).add("done", undo.done());
    }

    @Override
    public JsonObjectBuilder survived(Survived survived) {
        return at(survived).add("survived", survived.numbers());
    }

    @Override
    public JsonObjectBuilder ended(Ended ended) {
        return at(ended).add("ended", ended.why().label());
    }
}
