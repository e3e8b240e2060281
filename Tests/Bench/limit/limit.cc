// The limit: what judging a registration costs at the least on this machine, as a yardstick.
//
//   limit WORKLOAD THREADS [ROUNDS]
//
// Keys, contexts and vetted certificates are ready before the clock starts. Prints one line of JSON, as `counterfoil
// bench --json` does. It stops at the first broken rule and checks only what a workload of `counterfoil bench --make`
// needs: a yardstick, no validator.
#include "judge.h"

#include <sys/resource.h>

#include <atomic>
#include <memory>
#include <thread>

static double seconds(clockid_t clock) {
    std::timespec time{};
    clock_gettime(clock, &time);
    return double(time.tv_sec) + double(time.tv_nsec) * 1e-9;
}

static std::string contents(const std::filesystem::path &path) {
    std::ifstream file(path, std::ios::binary);
    NEED(file);
    return {std::istreambuf_iterator<char>(file), {}};
}

static std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    for (size_t at = 0; at < text.size();) {
        const size_t feed = std::min(text.find('\n', at), text.size());
        if (feed > at) lines.push_back(text.substr(at, feed - at));
        at = feed + 1;
    }
    return lines;
}

static double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

int main(int count, char **words) {
    if (count < 3) return std::fprintf(stderr, "usage: limit WORKLOAD THREADS [ROUNDS]\n"), 64;
    const std::filesystem::path folder = words[1];
    const int threads = std::atoi(words[2]), rounds = count > 3 ? std::atoi(words[3]) : 3;
    const Snapshot snapshot(folder);
    std::string text = contents(folder / "requests.ndjson");
    const size_t size = text.size();
    text.resize(size + simdjson::SIMDJSON_PADDING);
    const auto lines = lines_of(std::string_view(text).substr(0, size));
    const std::string expected = contents(folder / "expect.ndjson");
    std::vector<std::unique_ptr<Judge>> judges;
    for (int i = 0; i < threads; i++) judges.push_back(std::make_unique<Judge>(snapshot));
    std::vector<char> accepted(lines.size());

    constexpr size_t share = 32;
    std::vector<double> walls, costs;
    for (int round = 0; round < rounds; round++) {
        std::atomic<size_t> next{0};
        const double wall = seconds(CLOCK_MONOTONIC), cost = seconds(CLOCK_PROCESS_CPUTIME_ID);
        std::vector<std::thread> running;
        for (auto &judge : judges)
            running.emplace_back([&lines, &accepted, &next, own = judge.get()] {
                std::string results;
                for (size_t first; (first = next.fetch_add(share)) < lines.size();) {
                    results.clear();
                    for (size_t i = first; i < std::min(lines.size(), first + share); i++)
                        accepted[i] = own->judge(lines[i], i, results);
                }
            });
        for (auto &thread : running) thread.join();
        walls.push_back(seconds(CLOCK_MONOTONIC) - wall);
        costs.push_back(seconds(CLOCK_PROCESS_CPUTIME_ID) - cost);
    }

    const auto wanted = lines_of(expected);
    size_t mismatches = wanted.size() == lines.size() ? 0 : lines.size();
    for (size_t i = 0; wanted.size() == lines.size() && i < lines.size(); i++)
        if ((wanted[i].find("\"ok\":true") != std::string_view::npos) != bool(accepted[i])) mismatches++;
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const double n = double(lines.size());
    std::printf("{\"program\":\"limit\",\"threads\":%d,\"best_rps\":%.0f,\"med_rps\":%.0f,\"cpu_us_per_req\":%.1f,"
                "\"maxrss_mb\":%.0f,\"mismatches\":%zu,\"n\":%zu,\"rounds\":%d}\n",
                threads, n / *std::min_element(walls.begin(), walls.end()), n / median(walls), 1e6 * median(costs) / n,
                double(usage.ru_maxrss) / 1024, mismatches, lines.size(), rounds);
    return mismatches ? 1 : 0;
}
