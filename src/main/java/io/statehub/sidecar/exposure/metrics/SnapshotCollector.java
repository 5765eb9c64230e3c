package io.statehub.sidecar.exposure.metrics;

import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.statehub.sidecar.assessment.Assessment;
import io.statehub.sidecar.assessment.ClusterView;
import io.statehub.sidecar.assessment.FindingKind;
import io.statehub.sidecar.assessment.MemberView;
import io.statehub.sidecar.assessment.Scope;
import io.statehub.sidecar.assessment.Status;
import io.statehub.sidecar.failover.Service;
import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.EventsNotPosted;
import io.statehub.sidecar.observation.JournalObservation;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.snapshot.Allowances;
import io.statehub.sidecar.snapshot.Snapshots;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Turns the current snapshot into samples when Prometheus asks, so that all series of a scrape are of one moment and
 * none outlives its member. Of a snapshot that is too old only the age is exported.
 */
@Singleton
class SnapshotCollector {

    private final Snapshots snapshots;
    private final String version;
    private final FiguresOutOfRange outOfRange;

    SnapshotCollector(
            Snapshots snapshots,
            FiguresOutOfRange outOfRange,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.outOfRange = outOfRange;
        this.snapshots = snapshots;
        this.version = version;
    }

    List<MetricSnapshot> collect(AgentSnapshot snapshot) {
        Families families = new Families(outOfRange);
        families.add(Metric.BUILD_INFO, 1, version);
        families.addSeconds(Metric.SNAPSHOT_AGE, Optional.of(snapshots.age(snapshot)));
        families.add(Metric.SNAPSHOTS, snapshot.number());
        bounds(snapshots.allowed(), families);
        EventsNotPosted events = snapshot.round().eventsNotPosted();
        families.add(Metric.EVENTS_NOT_POSTED, events.tooMany(), "too_many");
        families.add(Metric.EVENTS_NOT_POSTED, events.refused(), "refused");
        if (!snapshots.stale(snapshot)) {
            assessment(snapshot.assessment(), families);
            DurabilitySamples.add(snapshot, families);
            OutageSamples.add(snapshot.tracking(), snapshots.now(), this::stillTells, families);
            FailoverSamples.add(snapshot, snapshots.now(), families);
            KubernetesSamples.add(snapshot, families);
            snapshot.round().journal().ifPresent(journal -> journal(journal, families));
        }
        families.add(Metric.FIGURES_OUT_OF_RANGE, outOfRange.count());
        return families.toList();
    }

    /** The same fact that the finding is of. */
    private static void journal(JournalObservation journal, Families families) {
        families.add(Metric.JOURNAL_DURABLE, journal.durable());
        families.add(Metric.JOURNAL_ERRORS, journal.errors());
        families.add(Metric.JOURNAL_WAITING, journal.waiting());
        families.add(Metric.JOURNAL_DROPPED, journal.dropped());
    }

    /** Age at which the last attempt no longer tells whether a service works. */
    private Duration stillTells(Service service) {
        Duration staleAfter = snapshots.staleAfter();
        return switch (service) {
            case WRITE, READ -> staleAfter;
            case API -> staleAfter.plus(snapshots.allowed().apiReadinessInterval());
        };
    }

    private static void bounds(Allowances allowed, Families families) {
        families.add(Metric.BOUND_LAG, allowed.maxLagBytes());
        families.addSeconds(Metric.BOUND_STALENESS, allowed.maxStaleness());
        families.addSeconds(Metric.BOUND_SILENCE, allowed.maxStreamSilence());
        families.add(Metric.BOUND_SLOT, allowed.maxSlotRetentionBytes());
        families.addSeconds(Metric.STALE_AFTER, allowed.staleAfter());
        allowed.apiTimeouts()
                .forEach((check, timeout) -> families.addSeconds(Metric.API_TIMEOUT, timeout, label(check)));
        families.addSeconds(Metric.OBJECTIVE_RTO, allowed.rto());
        families.addSeconds(Metric.OBJECTIVE_RPO, allowed.rpo());
        families.addSeconds(Metric.OBJECTIVE_BACKUP_AGE, allowed.backupAge());
        families.addSeconds(Metric.OBJECTIVE_RESTORE_AGE, allowed.restoreAge());
        families.addSeconds(Metric.OBJECTIVE_FAILOVER_DRILL_AGE, allowed.failoverDrillAge());
        families.addSeconds(Metric.OBJECTIVE_ARCHIVE_AGE, allowed.archiveAge());
    }

    private static void assessment(Assessment assessment, Families families) {
        for (Scope scope : assessment.scopes()) {
            families.addState(Metric.STATUS, Status.class, assessment.status(scope), scope.label());
        }
        families.add(Metric.READY, assessment.readiness().ready());
        for (FindingKind kind : FindingKind.values()) {
            long open = assessment.findings().stream()
                    .filter(finding -> finding.kind() == kind)
                    .count();
            families.add(Metric.FINDINGS, open, kind.label());
        }
        for (ApiCheck check : ApiCheck.values()) {
            up(Metric.API_UP, assessment.targets().api(check).status(), families, label(check));
        }
        up(Metric.WRITE_ENDPOINT_UP, assessment.targets().writeEndpoint().status(), families);
        assessment.writable().ifPresent(writable -> families.add(Metric.WRITE_ENDPOINT_WRITABLE, writable));
        cluster(assessment.cluster(), families);
    }

    private static void cluster(ClusterView cluster, Families families) {
        Optional<String> routedTo = cluster.routedTo();
        families.add(Metric.MEMBERS, cluster.members().size());
        for (MemberView member : cluster.members()) {
            routedTo.ifPresent(
                    name -> families.add(Metric.WRITE_ENDPOINT_ROUTED, name.equals(member.name()), member.name()));
            up(Metric.MEMBER_UP, member.health().status(), families, member.name());
            MemberSamples.add(member, cluster, families);
        }
    }

    /** 1 or 0, and nothing at all if it is not known. */
    private static void up(Metric metric, Status status, Families families, String... labelValues) {
        if (status != Status.UNKNOWN) {
            families.add(metric, status.usable(), labelValues);
        }
    }

    private static String label(ApiCheck check) {
        return check.name().toLowerCase(Locale.ROOT);
    }
}
