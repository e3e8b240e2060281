# Turns the runs of a benchmark (slot, threads, requests/s, µs, MB, wrong verdicts, file system) into tables.
function median(list, count,    i, j, t, sorted) {
    for (i = 1; i <= count; i++) sorted[i] = list[i]
    for (i = 2; i <= count; i++) for (j = i; j > 1 && sorted[j] < sorted[j - 1]; j--) { t = sorted[j]; sorted[j] = sorted[j - 1]; sorted[j - 1] = t }
    return count % 2 ? sorted[(count + 1) / 2] : (sorted[count / 2] + sorted[count / 2 + 1]) / 2
}
function middle(slot, at, what,    i, n, list) {
    n = 0
    for (i = 1; i <= NR; i++) if (name[i] == slot && cores[i] == at) list[++n] = value[i, what]
    return n ? median(list, n) : 0
}
# The median of a run's figure over the mean of its neighbours of the limit.
function ratio(slot, at, what,    i, j, n, list, sum, count) {
    n = 0
    for (i = 1; i <= NR; i++) {
        if (name[i] != slot || cores[i] != at) continue
        sum = count = 0
        for (j = i - 1; j >= 1; j--) if (name[j] == "limit" && cores[j] == at) { sum += value[j, what]; count++; break }
        for (j = i + 1; j <= NR; j++) if (name[j] == "limit" && cores[j] == at) { sum += value[j, what]; count++; break }
        if (count) list[++n] = value[i, what] * count / sum
    }
    return n ? median(list, n) : 0
}
function worst(slot, what,    i, most) {
    most = 0
    for (i = 1; i <= NR; i++) if (name[i] == slot && value[i, what] > most) most = value[i, what]
    return most
}
{
    name[NR] = $1; cores[NR] = $2
    value[NR, "rate"] = $3; value[NR, "cost"] = $4; value[NR, "memory"] = $5; value[NR, "wrong"] = $6
    if ($7 != "-") place = $7
    if (!($1 in seen)) { seen[$1] = 1; order[++slots] = $1 }
    if (!($2 in known)) { known[$2] = 1; widths[++steps] = $2 }
}
END {
    title["limit"] = "limit"; title["validation"] = "**counterfoil, validation**"
    title["bulk"] = "**counterfoil, durable, one bulk file**"; title["singles"] = "**counterfoil, durable, single files**"
    print "| program | cores | requests/s | CPU µs each | rate : limit | CPU : limit | counterfoil : it | MB | wrong |"
    print "|---|--:|--:|--:|--:|--:|--:|--:|--:|"
    for (s = 1; s <= slots; s++) for (w = 1; w <= steps; w++) {
        slot = order[s]; at = widths[w]
        if (!middle(slot, at, "rate")) continue
        ours = middle("validation", at, "rate") ? ratio("validation", at, "rate") : 0
        theirs = slot == "limit" ? 1 : ratio(slot, at, "rate")
        printf "| %s | %d | %d | %.1f | %.2f | %.2f | %s | %d | %d |\n", slot in title ? title[slot] : slot, at, middle(slot, at, "rate"), \
            middle(slot, at, "cost"), theirs, slot == "limit" ? 1 : ratio(slot, at, "cost"), \
            slot in title || !ours || !theirs ? "" : sprintf("%.1f", ours / theirs), worst(slot, "memory"), worst(slot, "wrong")
    }
    if (steps > 1) {
        print ""
        line = "From " widths[1] " to " widths[steps] " cores:"
        for (s = 1; s <= slots; s++) if (order[s] in title && middle(order[s], widths[1], "rate"))
            line = line sprintf(" %s %.2f times;", order[s], middle(order[s], widths[steps], "rate") / middle(order[s], widths[1], "rate"))
        sub(/;$/, ".", line); print line
    }
    # A device's name is of one machine only.
    if (!sub(/ \(\/dev\/loop[0-9]+\)/, " on a disk image of its own", place)) sub(/ \(.*\)/, "", place)
    if (place != "") { print ""; print "The durable runs wrote to " place ", a fresh spool and ledger for each round." }
}
