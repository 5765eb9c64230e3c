package io.statehub.sidecar.exposure.metrics;

import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.statehub.sidecar.agent.KubernetesAccess;
import io.statehub.sidecar.assessment.Assessment;
import io.statehub.sidecar.assessment.ClusterView;
import io.statehub.sidecar.assessment.FindingKind;
import io.statehub.sidecar.assessment.MemberView;
import io.statehub.sidecar.assessment.Scope;
import io.statehub.sidecar.assessment.Status;
import io.statehub.sidecar.config.ObjectivesSettings;
import io.statehub.sidecar.config.ReplicationSettings;
import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.failover.Service;
import io.statehub.sidecar.kubernetes.ClusterEvents;
import io.statehub.sidecar.kubernetes.KubernetesLink;
import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.JournalObservation;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.snapshot.Snapshots;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Turns the current snapshot into samples when Prometheus asks, so that all series of a scrape are of one moment and none
 * outlives its member. Of a snapshot that is too old only the age is exported.
 */
@Singleton
class SnapshotCollector {

    private final Snapshots snapshots;
    private final Settings settings;
    private final String version;
    private final KubernetesAccess kubernetes;
    private final FiguresOutOfRange outOfRange;

    SnapshotCollector(
            Snapshots snapshots,
            Settings settings,
            KubernetesAccess kubernetes,
            FiguresOutOfRange outOfRange,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.outOfRange = outOfRange;
        this.kubernetes = kubernetes;
        this.snapshots = snapshots;
        this.settings = settings;
        this.version = version;
    }

    List<MetricSnapshot> collect(AgentSnapshot snapshot) {
        Families families = new Families(outOfRange);
        families.add(Metric.BUILD_INFO, 1, version);
        families.addSeconds(Metric.SNAPSHOT_AGE, Optional.of(snapshots.age(snapshot)));
        families.add(Metric.SNAPSHOTS, snapshot.number());
        bounds(families);
        Optional<ClusterEvents> events = kubernetes.link().map(KubernetesLink::events);
        families.add(
                Metric.EVENTS_NOT_POSTED, events.map(ClusterEvents::dropped).orElse(0L), "too_many");
        families.add(Metric.EVENTS_NOT_POSTED, events.map(ClusterEvents::failed).orElse(0L), "refused");
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
            case API -> staleAfter.plus(settings.api().readinessInterval());
        };
    }

    private void bounds(Families families) {
        ReplicationSettings bounds = settings.replication();
        families.add(Metric.BOUND_LAG, bounds.maxLagBytes());
        families.addSeconds(Metric.BOUND_STALENESS, Optional.of(bounds.maxStaleness()));
        families.addSeconds(Metric.BOUND_SILENCE, Optional.of(bounds.maxStreamSilence()));
        families.add(Metric.BOUND_SLOT, bounds.maxSlotRetention());
        families.addSeconds(Metric.STALE_AFTER, Optional.of(snapshots.staleAfter()));
        for (ApiCheck check : ApiCheck.values()) {
            families.addSeconds(Metric.API_TIMEOUT, Optional.of(timeout(check)), label(check));
        }
        ObjectivesSettings objectives = settings.objectives();
        families.addSeconds(Metric.OBJECTIVE_RTO, Optional.of(objectives.rto()));
        families.addSeconds(Metric.OBJECTIVE_RPO, Optional.of(objectives.rpo()));
        families.addSeconds(Metric.OBJECTIVE_BACKUP_AGE, Optional.of(objectives.backupAge()));
        families.addSeconds(Metric.OBJECTIVE_RESTORE_AGE, Optional.of(objectives.restoreAge()));
        families.addSeconds(Metric.OBJECTIVE_ARCHIVE_AGE, Optional.of(objectives.archiveAge()));
    }

    private Duration timeout(ApiCheck check) {
        return switch (check) {
            case LIVENESS -> settings.api().livenessTimeout();
            case READINESS -> settings.api().readinessTimeout();
        };
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
