package io.statehub.sidecar.it;

import io.statehub.sidecar.testing.ProcessUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** What a process took of the machine in the course of a soak. */
final class SoakUsage {

    private static final double NANOS_PER_HOUR = 3.6e12;

    /** @param nanos since the first one */
    private record Sample(long nanos, ProcessUsage usage) {}

    private final long start = System.nanoTime();
    private final List<Sample> samples = new ArrayList<>();

    void add(ProcessUsage usage) {
        samples.add(new Sample(System.nanoTime() - start, usage));
    }

    /** A process warms up in the first third: what it grows by afterwards is growth. */
    private List<Sample> warm() {
        return samples.subList(samples.size() / 3, samples.size());
    }

    /** Of the line through the resident memory, by least squares, in KiB an hour. */
    double slopeKibPerHour() {
        List<Sample> warm = warm();
        double meanTime = warm.stream().mapToDouble(Sample::nanos).average().orElse(0);
        double meanMemory = warm.stream()
                .mapToDouble(sample -> sample.usage().residentKib())
                .average()
                .orElse(0);
        double covariance = 0;
        double variance = 0;
        for (Sample sample : warm) {
            double time = sample.nanos() - meanTime;
            covariance += time * (sample.usage().residentKib() - meanMemory);
            variance += time * time;
        }
        return variance == 0 ? 0 : covariance / variance * NANOS_PER_HOUR;
    }

    long mostResidentKib() {
        return samples.stream()
                .mapToLong(sample -> sample.usage().peakKib())
                .max()
                .orElse(0);
    }

    /** By how much the most in the last third is above the most in the second one. */
    long growth(ToLongFunction<ProcessUsage> figure) {
        int third = samples.size() / 3;
        return most(samples.subList(2 * third, samples.size()), figure)
                - most(samples.subList(third, 2 * third), figure);
    }

    private static long most(List<Sample> among, ToLongFunction<ProcessUsage> figure) {
        return among.stream()
                .mapToLong(sample -> figure.applyAsLong(sample.usage()))
                .max()
                .orElse(0);
    }

    String summary() {
        return ("resident memory at most %d KiB, %+.0f KiB an hour; most threads %d (%+d), most descriptors %d"
                        + " (%+d); resident by tenths %s")
                .formatted(
                        mostResidentKib(),
                        slopeKibPerHour(),
                        most(samples, ProcessUsage::threads),
                        growth(ProcessUsage::threads),
                        most(samples, ProcessUsage::descriptors),
                        growth(ProcessUsage::descriptors),
                        tenths());
    }

    private List<Long> tenths() {
        List<Long> tenths = new ArrayList<>();
        for (int tenth = 0; tenth < 10 && samples.size() >= 10; tenth++) {
            tenths.add(samples.get(tenth * samples.size() / 10).usage().residentKib());
        }
        return tenths;
    }
}
