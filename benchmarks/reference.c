/* The reference scenario in C: the same rules, the same search, the same random numbers.
 *
 * A rival for the batch kernel that plays reference.yaml and no other scenario: every size is known
 * at run time only, and what that file does not use is not here (markets, tranches, threats, beliefs,
 * ratifiers, brokers, blocking, tables of several, other protocols than Nash, effects that set).
 * Functions have the names of their counterparts in src/minsksim/engine and src/minsksim/rules,
 * where what they do is explained, and do the same operations in the same order.
 *
 *   gcc -O3 -march=native -ffp-contract=off reference.c -o reference -lm
 *   ./reference DATA RUNS SEED MEASURES     prints the core-seconds that the runs took
 *
 * DATA is text: names with as many numbers as they announce, written by against_c.py. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef int64_t i64;
#define REAL(count) calloc((size_t)(count) + 16, sizeof(double))
#define WHOLE(count) calloc((size_t)(count) + 16, sizeof(i64))
static double least(double a, double b) { return b < a ? b : a; }
static double most(double a, double b) { return b > a ? b : a; }

/* ---------------------------------------------------------------- what a scenario consists of */
#define SIZES(X) X(turns) X(actors) X(levers) X(stocks) X(interests) X(channels) X(events) \
  X(effects) X(inflows) X(terms) X(links) X(measures) X(delays) X(widest)
#define INTS(X) X(lever_owner) X(own_start) X(own_levers) X(lever_momentary) X(lever_reversible) \
  X(lever_delay) X(lever_unilateral) X(lever_whole) X(lever_curved) \
  X(lever_drawn) X(lever_sight) X(lever_leaks) X(term_interest) X(term_of) X(term_times) \
  X(term_shape) X(term_driven) X(direct_start) X(direct_terms) X(link_lever) X(link_quantity) \
  X(link_sign) X(inflow_to) X(inflow_from) X(inflow_lever) X(inflow_counter) \
  X(channel_ends) X(channel_public) X(table_start) X(table_levers) \
  X(event_turn) X(effect_event) X(effect_kind) X(effect_first) X(effect_second) X(effect_how) \
  X(measure_take) X(measure_start) X(measure_kind) X(measure_index) X(hash_actor) \
  X(hash_lever) X(hash_channel) X(hash_party) X(hash_event) X(hash_inflow)
#define FLOATS(X) X(scale) X(measure_above) X(actor) X(salience) X(attention) X(regard) X(lever) \
  X(stock) X(inflow) X(term) X(channel) X(hazard) X(effect)

#define DECLARE_SIZE(name) static i64 name;
#define DECLARE_INTS(name) static i64 *name;
#define DECLARE_FLOATS(name) static double *name;
SIZES(DECLARE_SIZE) INTS(DECLARE_INTS) FLOATS(DECLARE_FLOATS)

enum { PATIENCE, RATIONALITY, SUSCEPTIBILITY, AUDIENCE_COST, RESERVATION };
enum { INITIAL, STEP_UP, STEP_DOWN, COST_UP, COST_DOWN, LEAK_RATE };
enum { EFFECT, FIRST, SECOND };
enum { QUALITY, DECAY, BUILD, FORGETTING, KEPT };
enum { LINEAR, CONCAVE, SATURATING, THRESHOLD };
enum { UP = 1, DOWN = 2 };
enum { ON_QUANTITY, ON_SALIENCE, ON_TRUST };
enum { SET, SHIFT, SWITCH_ON, SWITCH_OFF }; /* how effects are numbered: only two of them occur */
enum { OF_QUANTITY, OF_UTILITY, OF_AGREEMENTS, OF_BREACHES };
enum { FINAL, MEAN, TOTAL, MINIMUM, MAXIMUM, CHANGE, FIRST_ABOVE };
enum { MEET = 1, ACCEPT, KEEP, ACT, LEAK, EVENT, FLOW };
enum { CODE, ONE, TWO, WEIGHT_A, WEIGHT_B, CURVE };
enum { LOW, SPAN, NOW, FACT_UP, FACT_DOWN, OWNER, FACTS };
enum { FIRST_CELLS = 29, CELLS = 21, POINTS = FIRST_CELLS + 2, WIDE = 32, ROUNDS = 8 };
static const double FINE = 3.3e-3, TINY = 1e-9;
#define ACTOR(a, key) actor[6 * (a) + key]
#define LEVER(l, key) lever[6 * (l) + key]
#define BOTTOM(v) scale[2 * (v)]
#define TOP(v) scale[2 * (v) + 1]
#define RANGE(v) (TOP(v) - BOTTOM(v))

/* ------------------------------------------------------- what a run changes, and room to work */
static i64 quantities;
static double *quantity, *seen, *weights, *innate, *staged, *ledger, *pending, *bound_from;
static double *stake, *slope, *planned, *offer_gain, *offer_own, *offer_value, *paid, *utility;
static double *measure, *scaled, *levels, *own, *margins;
static i64 *bound_channel, *is_active, *has_happened, *has_leaked, *promised, *reverted;
static i64 *is_agreed, *has_kept, *was_broken, *choice, *act_move;
static double *going_back, *act_gain, *linear, *curves, *facts, *reaches, *windows, *points, *first, *second;
static double *falls, *rises, *rates, *us, *vs, *chosen;
static i64 *table, *curved, *counts, *chains, *lengths, *steps, *order, *at_vertex;

static void make_room(void) {
  i64 A = actors, L = levers, K = interests, C = channels, V = levers + stocks + channels;
  quantities = V;
  quantity = REAL(V), seen = REAL((A + 1) * L), weights = REAL(A * K), innate = REAL(A * K);
  staged = REAL(A * K), ledger = REAL(4 * C), pending = REAL(delays * L), bound_from = REAL(L);
  stake = REAL(A * K), slope = REAL(A * L), planned = REAL(L), offer_gain = REAL(2 * C);
  offer_own = REAL(2 * C), offer_value = REAL(C * L), paid = REAL(A), utility = REAL(A);
  measure = REAL(measures), scaled = REAL(V), levels = REAL(K), own = REAL(A);
  margins = REAL(A * V), bound_channel = WHOLE(L), is_active = WHOLE(L);
  has_happened = WHOLE(events), has_leaked = WHOLE(L), promised = WHOLE(L), reverted = WHOLE(L);
  is_agreed = WHOLE(C), has_kept = WHOLE(2 * C), was_broken = WHOLE(C), choice = WHOLE(2 * A);
  going_back = REAL(C), act_move = WHOLE(2 * (2 * L + 1)), act_gain = REAL(2 * L + 1), linear = REAL(2 * L);
  curves = REAL(L * widest * CURVE), facts = REAL(L * FACTS), reaches = REAL(2 * L);
  windows = REAL(2 * L), points = REAL(L * POINTS), first = REAL(L * WIDE);
  second = REAL(L * WIDE), rates = REAL(L * POINTS), us = REAL(L * POINTS + 1);
  vs = REAL(L * POINTS + 1), chosen = REAL(L), table = WHOLE(L), curved = WHOLE(L);
  counts = WHOLE(L), chains = WHOLE(L * POINTS), lengths = WHOLE(L);
  steps = WHOLE(3 * L * POINTS), order = WHOLE(L * POINTS), at_vertex = WHOLE(L);
  falls = REAL(L * POINTS), rises = REAL(L * POINTS);
}

/* -------------------------------------------------------------- arithmetic and random numbers */
typedef union { double number; i64 bits; } Both; /* not memcpy: so loops vectorise */
static inline i64 bits_of(double x) { return ((Both){.number = x}).bits; }
static inline double double_of(i64 b) { return ((Both){.bits = b}).number; }

static inline double own_exp(double x) {
  x = x < -700.0 ? -700.0 : x;
  x = x > 700.0 ? 700.0 : x;
  double wanted = x * 1.44269504088896338700 + 0.5; /* its floor, without a call of floor() */
  double nearest = (wanted + 1.5 * 0x1p52) - 1.5 * 0x1p52;
  double k = nearest > wanted ? nearest - 1.0 : nearest;
  double r = (x - k * 6.93147180369123816490e-01) - k * 1.90821492927058770002e-10;
  double r2 = r * r, r4 = r2 * r2;
  double low = (1.0 + r) + r2 * (1.0 / 2 + 1.0 / 6 * r)
      + r4 * ((1.0 / 24 + 1.0 / 120 * r) + r2 * (1.0 / 720 + 1.0 / 5040 * r));
  double high = (1.0 / 40320 + 1.0 / 362880 * r) + r2 * (1.0 / 3628800 + 1.0 / 39916800 * r)
      + r4 * (1.0 / 479001600 + 1.0 / 6227020800 * r);
  return (low + r4 * r4 * high) * double_of((bits_of(k + 1.5 * 0x1p52) + 1023) << 52);
}

static inline double own_log(double x) {
  double is_tiny = x < 0x1p-1022 ? 1.0 : 0.0, normal = x < 0x1p-1022 ? x * 0x1p54 : x;
  i64 bits = bits_of(normal);
  double m = double_of((bits & 0xFFFFFFFFFFFFF) | 0x3FE0000000000000);
  i64 field = (bits & 0x7FF0000000000000) >> 52;
  double e = double_of(field | 0x4330000000000000) - (0x1p52 + 1022.0) - 54.0 * is_tiny;
  double is_small = m < 0.7071067811865476 ? 1.0 : 0.0;
  m = m + m * is_small, e = e - is_small;
  double f = m - 1.0, s = f / (2.0 + f), z = s * s, z2 = z * z, z4 = z2 * z2;
  double low = (1.0 / 3 + 1.0 / 5 * z) + z2 * (1.0 / 7 + 1.0 / 9 * z);
  double high = (1.0 / 11 + 1.0 / 13 * z) + z2 * (1.0 / 15 + 1.0 / 17 * z)
      + z4 * ((1.0 / 19 + 1.0 / 21 * z) + z2 * (1.0 / 23));
  double rest = 2.0 * z * (low + z4 * high), half_square = 0.5 * f * f;
  double tail = half_square - (s * (half_square + rest) + e * 1.90821492927058770002e-10);
  double result = e * 6.93147180369123816490e-01 - (tail - f) + (x - x);
  return x <= 0.0 ? -1e300 : result;
}

static inline double power(double z, double rho) {
  double level = own_exp(rho * own_log(z));
  level = rho == 1.0 ? z : level;
  return z <= 0.0 ? 0.0 : level;
}

static double logistic(double x) {
  if (x >= 0.0) return 1.0 / (1.0 + own_exp(-x));
  return own_exp(x) / (1.0 + own_exp(x));
}

static inline double shape(i64 code, double z, double one, double two) {
  if (code == CONCAVE) return power(z, one);
  if (code == SATURATING) return 1.0 - own_exp(-one * z);
  if (code == THRESHOLD) return logistic(two * (z - one));
  return z;
}

static double shape_slope(i64 code, double z, double one, double two) {
  if (code == CONCAVE) {
    double base = most(z, 0.001);
    return one * power(base, one) / base;
  }
  double p = logistic(two * (z - one)); /* THRESHOLD */
  return two * p * (1.0 - p);
}

static i64 seed, replication, turn;

static double uniform(i64 name, i64 purpose) { /* Philox4x32-10 */
  uint32_t c0 = (uint32_t)replication, c2 = (uint32_t)name, c3 = (uint32_t)turn;
  uint32_t c1 = (uint32_t)(((replication >> 32) & 0xFFFFFF) | (purpose << 24));
  uint32_t k0 = (uint32_t)seed, k1 = (uint32_t)(seed >> 32);
  for (int i = 0; i < 10; i++) {
    uint64_t p0 = 0xD2511F53ULL * c0, p1 = 0xCD9E8D57ULL * c2;
    c0 = (uint32_t)(p1 >> 32) ^ c1 ^ k0, c1 = (uint32_t)p1;
    c2 = (uint32_t)(p0 >> 32) ^ c3 ^ k1, c3 = (uint32_t)p0;
    k0 += 0x9E3779B9, k1 += 0xBB67AE85;
  }
  return ((double)(c0 >> 5) * 67108864.0 + (double)(c1 >> 6)) * (1.0 / 9007199254740992.0);
}

static void normalise(double *row, i64 count) {
  double total = 0.0;
  for (i64 k = 0; k < count; k++) total += fabs(row[k]);
  if (total > 0.0)
    for (i64 k = 0; k < count; k++) row[k] = row[k] / total;
}

/* ----------------------------------------------------------------------- what levers are worth */
static inline double on_scale(i64 v, double value) { return (value - BOTTOM(v)) / RANGE(v); }

static inline double seen_on_scale(i64 a, i64 v) {
  return on_scale(v, v < levers ? seen[a * levers + v] : quantity[v]);
}

static inline double term_weight(i64 a, i64 n) {
  return stake[a * interests + term_interest[n]] * term[3 * n + EFFECT];
}

static void weigh_interests(void) {
  i64 K = interests;
  for (i64 a = 0; a < actors; a++) {
    for (i64 k = 0; k < K; k++) stake[a * K + k] = weights[a * K + k];
    for (i64 b = 0; b < actors; b++) {
      double for_other = regard[a * actors + b];
      if (for_other != 0.0)
        for (i64 k = 0; k < K; k++) stake[a * K + k] += for_other * weights[b * K + k];
    }
  }
}

static void add_margins(i64 n) {
  i64 of = term_of[n], code = term_shape[n]; /* a stock, which nothing multiplies */
  double one = term[3 * n + FIRST], two = term[3 * n + SECOND];
  double rate = shape_slope(code, on_scale(of, quantity[of]), one, two) / RANGE(of);
  for (i64 a = 0; a < actors; a++) {
    double weight = term_weight(a, n);
    if (weight != 0.0) margins[a * quantities + of] += weight * rate;
  }
}

static void find_slopes(void) {
  for (i64 a = 0; a < actors; a++) {
    for (i64 v = levers; v < quantities; v++) margins[a * quantities + v] = 0.0;
    for (i64 l = 0; l < levers; l++) slope[a * levers + l] = 0.0;
  }
  for (i64 n = 0; n < terms; n++)
    if (term_driven[n]) add_margins(n);
  for (i64 j = 0; j < links; j++) {
    double rate = (double)link_sign[j];
    for (i64 a = 0; a < actors; a++)
      slope[a * levers + link_lever[j]] += margins[a * quantities + link_quantity[j]] * rate;
  }
}

static void scale_sheet(double *line, double *curve, i64 count, double factor, i64 side) {
  line[side] *= factor;
  for (i64 row = 0; row < count; row++) curve[row * CURVE + WEIGHT_A + side] *= factor;
}

static i64 fill_sheet(i64 a, i64 b, i64 l, double *line, double *curve) {
  double span = RANGE(l), line_a = slope[a * levers + l] * span, line_b = slope[b * levers + l] * span;
  i64 count = 0;
  for (i64 row = direct_start[l]; row < direct_start[l + 1]; row++) {
    i64 n = direct_terms[row], of = term_of[n], times = term_times[n], code = term_shape[n];
    double weight_a = term_weight(a, n), weight_b = term_weight(b, n);
    if (weight_a == 0.0 && weight_b == 0.0) continue;
    double one = term[3 * n + FIRST], two = term[3 * n + SECOND];
    if (of != l) {
      line_a += weight_a * shape(code, seen_on_scale(a, of), one, two);
      line_b += weight_b * shape(code, seen_on_scale(b, of), one, two);
      continue;
    }
    if (times >= 0) weight_a *= seen_on_scale(a, times), weight_b *= seen_on_scale(b, times);
    if (code == LINEAR) {
      line_a += weight_a, line_b += weight_b;
      continue;
    }
    double *c = curve + count++ * CURVE;
    c[CODE] = (double)code, c[ONE] = one, c[TWO] = two, c[WEIGHT_A] = weight_a, c[WEIGHT_B] = weight_b;
  }
  line[0] = line_a, line[1] = line_b;
  if (lever_delay[l] > 0) {
    double discount_a = 1.0, discount_b = 1.0;
    for (i64 d = 0; d < lever_delay[l]; d++)
      discount_a *= ACTOR(a, PATIENCE), discount_b *= ACTOR(b, PATIENCE);
    scale_sheet(line, curve, count, discount_a, 0);
    scale_sheet(line, curve, count, discount_b, 1);
  }
  return count;
}

static double read_sheet(const double *line, const double *curve, i64 count, double z) {
  double one = line[0] * z;
  for (i64 row = 0; row < count; row++, curve += CURVE)
    one += curve[WEIGHT_A] * shape((i64)curve[CODE], z, curve[ONE], curve[TWO]);
  return one;
}

static double move_worth(i64 a, i64 l, double before, double after) {
  double *line = linear + 2, *curve = curves + widest * CURVE; /* the second sheet */
  i64 count = fill_sheet(a, a, l, line, curve);
  double level_after = read_sheet(line, curve, count, on_scale(l, after));
  return level_after - read_sheet(line, curve, count, on_scale(l, before));
}

static double move_cost(i64 l, double before, double after) {
  double share = (after - before) / RANGE(l);
  return share >= 0.0 ? LEVER(l, COST_UP) * share : LEVER(l, COST_DOWN) * -share;
}

/* -------------------------------------------------------------- the package of two parties */
static int is_pending(i64 l) {
  if (lever_delay[l] > 0)
    for (i64 d = 0; d < delays; d++)
      if (!isnan(pending[d * levers + l])) return 1;
  return 0;
}

static void reach(i64 c, i64 l, double *limits) {
  double now = quantity[l];
  double low = most(BOTTOM(l), now - LEVER(l, STEP_DOWN));
  double high = least(TOP(l), now + LEVER(l, STEP_UP));
  if (lever_drawn[l] >= 0) high = most(now, least(high, quantity[lever_drawn[l]]));
  if (bound_channel[l] >= 0 && bound_channel[l] != c) {
    if (bound_from[l] < now) low = now;
    else high = now;
  }
  if (lever_whole[l]) low = least(now, ceil(low)), high = most(now, floor(high));
  limits[0] = low, limits[1] = high;
}

static void fill_sheets(i64 c, i64 i) {
  i64 l = table[i], one = channel_ends[2 * c], two = channel_ends[2 * c + 1];
  double *line = linear + 2 * i, *curve = curves + i * widest * CURVE, *f = facts + i * FACTS;
  curved[i] = fill_sheet(one, two, l, line, curve);
  i64 partner = lever_owner[l] == one ? 1 : 0;
  double kept = ledger[4 * c + 2 * partner], total = kept + ledger[4 * c + 2 * partner + 1];
  scale_sheet(line, curve, curved[i], kept / total, partner);
  f[LOW] = BOTTOM(l), f[SPAN] = RANGE(l), f[NOW] = (quantity[l] - f[LOW]) / f[SPAN];
  f[FACT_UP] = LEVER(l, COST_UP), f[FACT_DOWN] = LEVER(l, COST_DOWN);
  f[OWNER] = (double)(1 - partner);
}

static i64 grid(const double *window, double now, int is_curved, i64 cells, double *at) {
  double low = window[0], high = window[1];
  i64 count = 0;
  at[count++] = low;
  if (is_curved && high > low)
    for (i64 i = 1; i < cells; i++)
      at[count++] = low + (high - low) * (double)i / (double)cells;
  if (high > low) at[count++] = high;
  if (low < now && now < high) at[count++] = now;
  return count;
}

static void shapes(i64 code, const double *z, i64 width, double one, double *level) {
  if (code == CONCAVE)
    for (i64 j = 0; j < width; j++) level[j] = power(z[j], one);
  else /* SATURATING */
    for (i64 j = 0; j < width; j++) level[j] = 1.0 - own_exp(-one * z[j]);
}

static void gains_at(i64 i, i64 count) {
  const double *f = facts + i * FACTS, *at = points + i * POINTS, *line = linear + 2 * i;
  double *one = first + i * WIDE, *two = second + i * WIDE, z[WIDE], level[WIDE];
  double low = f[LOW], span = f[SPAN], now = f[NOW], up = f[FACT_UP], down = f[FACT_DOWN];
  i64 width = (count / 8 + 1) * 8;
  for (i64 j = 0; j < count; j++) z[j] = (at[j] - low) / span;
  for (i64 j = count; j < width; j++) z[j] = now;
  for (i64 j = 0; j < width; j++) one[j] = line[0] * z[j], two[j] = line[1] * z[j];
  double base_one = line[0] * now, base_two = line[1] * now;
  for (i64 row = 0; row < curved[i]; row++) {
    const double *c = curves + (i * widest + row) * CURVE;
    double weight_a = c[WEIGHT_A], weight_b = c[WEIGHT_B];
    shapes((i64)c[CODE], z, width, c[ONE], level);
    for (i64 j = 0; j < width; j++) one[j] += weight_a * level[j], two[j] += weight_b * level[j];
    base_one += weight_a * level[count], base_two += weight_b * level[count];
  }
  double pays_one = f[OWNER] == 0.0 ? 1.0 : 0.0;
  for (i64 j = 0; j < width; j++) {
    double cost = z[j] >= now ? up * (z[j] - now) : down * (now - z[j]);
    one[j] = one[j] - base_one - cost * pays_one;
    two[j] = two[j] - base_two - cost * (1.0 - pays_one);
  }
}

static void rank_positions(const double *one, const double *two, i64 count, i64 *ranked) {
  int is_rising = one[count - 1] > one[0] || (count > 2 && one[count - 2] > one[0]);
  for (i64 k = 0; k < count; k++) {
    i64 i = is_rising ? count - 1 - k : k, j = k;
    for (; j > 0; j--) {
      i64 before = ranked[j - 1];
      if (one[before] > one[i]) break;
      if (one[before] == one[i] && two[before] >= two[i]) break;
      ranked[j] = before;
    }
    ranked[j] = i;
  }
}

static i64 lever_frontier(const double *one, const double *two, i64 count, i64 *chain) {
  rank_positions(one, two, count, chain);
  i64 length = 1;
  for (i64 k = 1; k < count; k++) {
    i64 c = chain[k];
    if (two[c] <= two[chain[length - 1]]) continue;
    for (; length > 1; length--) {
      i64 a = chain[length - 2], b = chain[length - 1];
      if ((two[b] - two[a]) * (one[a] - one[c]) >= (two[c] - two[a]) * (one[a] - one[b])) break;
    }
    chain[length++] = c;
  }
  return length;
}

static void list_concessions(i64 rows) {
  i64 count = 0;
  for (i64 i = 0; i < rows; i++) {
    const double *one = first + i * WIDE, *two = second + i * WIDE;
    i64 there = chains[i * POINTS];
    for (i64 j = 1; j < lengths[i]; j++, count++) {
      i64 here = there;
      there = chains[i * POINTS + j];
      falls[count] = one[here] - one[there], rises[count] = two[there] - two[here];
      steps[3 * count] = i, steps[3 * count + 1] = here, steps[3 * count + 2] = there;
    }
  }
  for (i64 k = 0; k < count; k++) rates[k] = rises[k] / falls[k];
}

static i64 sort_concessions(i64 rows) {
  i64 count = 0;
  for (i64 i = 0; i < rows; i++) {
    i64 start = count, before = start - 1;
    count += lengths[i] - 1;
    for (i64 mine = count - 1; mine >= start; mine--) {
      for (; before >= 0 && rates[order[before]] < rates[mine]; before--)
        order[before + mine - start + 1] = order[before];
      order[before + mine - start + 1] = mine;
    }
  }
  return count;
}

static int stay(i64 rows) {
  double passed = INFINITY, beyond = 0.0;
  for (i64 i = 0, row = 0; i < rows; i++) {
    const double *one = first + i * WIDE, *two = second + i * WIDE;
    const i64 *chain = chains + i * POINTS;
    i64 last = lengths[i] - 1, k = 0;
    while (k < last && one[chain[k]] > 0.0) k++;
    if (one[chain[k]] != 0.0 || two[chain[k]] != 0.0) return 0;
    if (k > 0) passed = least(passed, rates[row + k - 1]);
    if (k < last) beyond = most(beyond, rates[row + k]);
    chosen[i] = points[i * POINTS + chain[k]];
    row += last;
  }
  return passed >= beyond;
}

static void add_vertices(i64 rows, i64 last) {
  double u = 0.0, v = 0.0;
  for (i64 i = 0; i < rows; i++) {
    i64 start = i * WIDE + chains[i * POINTS];
    u += first[start], v += second[start];
  }
  us[0] = u, vs[0] = v;
  for (i64 k = 0; k < last; k++) {
    u -= falls[order[k]], v += rises[order[k]];
    us[k + 1] = u, vs[k + 1] = v;
  }
}

static double first_reaching(i64 last, double level) {
  if (vs[0] >= level) return 0.0;
  for (i64 k = 0; k < last; k++)
    if (vs[k + 1] >= level) return (double)k + (level - vs[k]) / (vs[k + 1] - vs[k]);
  return -1.0;
}

static double last_keeping(i64 last, double level) {
  if (us[0] < level) return -1.0;
  for (i64 k = 0; k < last; k++)
    if (us[k + 1] < level) return (double)k + (us[k] - level) / (us[k] - us[k + 1]);
  return (double)last;
}

static double nash_position(i64 last, double alpha) {
  for (i64 k = 0; k < last; k++) {
    double fall = us[k] - us[k + 1], rise = vs[k + 1] - vs[k];
    if (fall <= 0.0) continue;
    double have = us[k] - 0.0, want = vs[k] - 0.0;
    double wanted = (1.0 - alpha) * rise * have - alpha * fall * want;
    if (wanted < fall * rise) return (double)k + most(wanted / (fall * rise), 0.0);
  }
  return (double)last;
}

static double balanced_position(i64 last) {
  for (i64 k = 0; k <= last; k++) {
    double lacking = us[k] - vs[k];
    if (lacking > 0.0) continue;
    if (k == 0) return 0.0;
    double before = us[k - 1] - vs[k - 1];
    return (double)(k - 1) + before / (before - lacking);
  }
  return (double)last;
}

static double settle(i64 last, double alpha, double least_one, double least_two) {
  double low = first_reaching(last, most(least_two, 0.0));
  double high = last_keeping(last, most(least_one, 0.0));
  if (low < 0.0 || high < low) return -1.0;
  return least(most(nash_position(last, alpha), low), high);
}

static void mix(i64 rows, double position) {
  i64 whole = (i64)position;
  for (i64 i = 0; i < rows; i++) at_vertex[i] = chains[i * POINTS];
  for (i64 k = 0; k < whole; k++) at_vertex[steps[3 * order[k]]] = steps[3 * order[k] + 2];
  for (i64 i = 0; i < rows; i++) chosen[i] = points[i * POINTS + at_vertex[i]];
  if (position <= (double)whole) return;
  const i64 *step = steps + 3 * order[whole];
  const double *at = points + step[0] * POINTS;
  chosen[step[0]] = at[step[1]] + (position - (double)whole) * (at[step[2]] - at[step[1]]);
}

static int narrow(i64 rows, i64 cells) {
  int is_coarse = 0;
  for (i64 i = 0; i < rows; i++) {
    double low = reaches[2 * i], high = reaches[2 * i + 1], *window = windows + 2 * i;
    if (curved[i] == 0 || high <= low) continue;
    double half = (window[1] - window[0]) / (double)cells;
    if (half > FINE * (high - low)) is_coarse = 1;
    int is_at_edge = (chosen[i] <= window[0] && window[0] > low) ||
                     (chosen[i] >= window[1] && window[1] < high);
    if (is_at_edge) half = (window[1] - window[0]) / 2.0;
    window[0] = most(low, chosen[i] - half), window[1] = least(high, chosen[i] + half);
  }
  return is_coarse;
}

static void try_points(i64 rows, i64 cells) {
  for (i64 i = 0; i < rows; i++) {
    int is_curved = lever_curved[table[i]] == 1;
    if (!is_curved && cells != FIRST_CELLS) continue;
    counts[i] = grid(windows + 2 * i, quantity[table[i]], is_curved, cells, points + i * POINTS);
    gains_at(i, counts[i]);
    lengths[i] =
        lever_frontier(first + i * WIDE, second + i * WIDE, counts[i], chains + i * POINTS);
  }
  list_concessions(rows);
}

static int is_at_rest(i64 rows) {
  for (i64 i = 0; i < rows; i++) {
    double now = quantity[table[i]], low = reaches[2 * i], high = reaches[2 * i + 1];
    double step = FINE * (high - low);
    windows[2 * i] = most(low, now - step), windows[2 * i + 1] = least(high, now + step);
  }
  try_points(rows, 1);
  if (stay(rows)) return 1;
  for (i64 i = 0; i < 2 * rows; i++) windows[i] = reaches[i];
  narrow(rows, FIRST_CELLS);
  return 0;
}

static int find_package(i64 c, i64 rows) {
  i64 one = channel_ends[2 * c], two = channel_ends[2 * c + 1];
  for (i64 i = 0; i < rows; i++) {
    reach(c, table[i], reaches + 2 * i);
    fill_sheets(c, i);
    windows[2 * i] = reaches[2 * i], windows[2 * i + 1] = reaches[2 * i + 1];
  }
  double log_one = own_log(ACTOR(one, PATIENCE)), log_two = own_log(ACTOR(two, PATIENCE));
  double alpha = log_two / (log_one + log_two);
  double least_one = ACTOR(one, RESERVATION), least_two = ACTOR(two, RESERVATION);
  int is_found = 0;
  for (int round = 0; round < ROUNDS; round++) {
    i64 cells = round == 0 ? FIRST_CELLS : CELLS;
    try_points(rows, cells);
    int is_left = least(least_one, least_two) >= 0.0 && stay(rows);
    if (is_left) {
      is_found = most(least_one, least_two) == 0.0;
    } else {
      i64 last = sort_concessions(rows);
      add_vertices(rows, last);
      double position = settle(last, alpha, least_one, least_two);
      is_found = position >= 0.0;
      mix(rows, is_found ? position : balanced_position(last));
    }
    if (!narrow(rows, cells) || (round == 0 && is_left && is_at_rest(rows))) break;
  }
  return is_found;
}

/* -------------------------------------------------------------------------------- at the table */
static int weigh_offer(i64 c, i64 rows) {
  double *gain = offer_gain + 2 * c, *mine = offer_own + 2 * c, *value = offer_value + c * levers;
  int is_move = 0;
  gain[0] = gain[1] = mine[0] = mine[1] = 0.0;
  for (i64 i = 0; i < rows; i++) {
    i64 l = table[i];
    if (fabs(value[l] - quantity[l]) <= TINY * RANGE(l)) {
      value[l] = quantity[l];
      continue;
    }
    is_move = 1;
    points[i * POINTS] = value[l];
    gains_at(i, 1);
    double one = first[i * WIDE], two = second[i * WIDE];
    i64 owner = (i64)facts[i * FACTS + OWNER];
    mine[owner] += owner == 0 ? one : two;
    gain[0] += one, gain[1] += two;
  }
  if (!is_move || 0.0 + gain[0] + gain[1] <= TINY) return 0;
  for (i64 side = 0; side < 2; side++) {
    double wanted = ACTOR(channel_ends[2 * c + side], RESERVATION);
    if (gain[side] < wanted - TINY) return 0;
    gain[side] = most(gain[side], wanted);
  }
  return 1;
}

static int propose(i64 c) {
  static const double LIFTS[] = {0.5, 0.0, 1.0 - 1e-9};
  i64 rows = 0;
  double *value = offer_value + c * levers;
  for (i64 row = table_start[c]; row < table_start[c + 1]; row++) {
    i64 l = table_levers[row];
    if (is_active[l] && promised[l] < 0 && !is_pending(l)) table[rows++] = l;
  }
  for (i64 l = 0; l < levers; l++) value[l] = quantity[l];
  if (rows == 0 || !find_package(c, rows)) return 0;
  for (int lift = 0; lift < 3; lift++) { /* round_offer */
    int is_rounded = 0;
    for (i64 i = 0; i < rows; i++) {
      i64 l = table[i];
      value[l] = chosen[i];
      if (lever_whole[l]) value[l] = floor(chosen[i] + LIFTS[lift]), is_rounded = 1;
    }
    if (weigh_offer(c, rows)) return 1;
    if (!is_rounded) return 0;
  }
  return 0;
}

static void bargain(i64 c) {
  if (uniform(hash_channel[c], MEET) >= quantity[levers + stocks + c] || !propose(c)) return;
  int is_accepted = 1;
  for (i64 side = 0; side < 2; side++) {
    i64 a = channel_ends[2 * c + side];
    double more = offer_gain[2 * c + side] - ACTOR(a, RESERVATION);
    double chance = more < 0.0 ? 0.0 : logistic(ACTOR(a, RATIONALITY) * more);
    if (!(uniform(hash_party[2 * c + side], ACCEPT) < chance)) is_accepted = 0;
  }
  if (!is_accepted) return;
  is_agreed[c] = 1; /* sign */
  for (i64 row = table_start[c]; row < table_start[c + 1]; row++) {
    i64 l = table_levers[row];
    if (offer_value[c * levers + l] != quantity[l]) promised[l] = c;
  }
}

static int keeps(i64 c, i64 side) {
  i64 a = channel_ends[2 * c + side];
  double exposure = channel_public[c] ? ACTOR(a, AUDIENCE_COST) : 0.0;
  double patience = ACTOR(a, PATIENCE), temptation = most(0.0, -offer_own[2 * c + side]);
  double future = patience / (1.0 - patience) * offer_gain[2 * c + side];
  double chance = logistic(ACTOR(a, RATIONALITY) * (future - temptation + exposure));
  return uniform(hash_party[2 * c + side], KEEP) < chance;
}

static void judge(i64 c, i64 side, int kept) {
  double *row = ledger + 4 * c + 2 * (1 - side), phi = channel[8 * c + FORGETTING];
  row[0] = phi * row[0] + (kept ? 1.0 : 0.0);
  row[1] = phi * row[1] + (kept ? 0.0 : 1.0);
}

static void break_faith(i64 c, i64 side) {
  i64 a = channel_ends[2 * c + side], other = channel_ends[2 * c + 1 - side];
  was_broken[c] = 1;
  if (channel_public[c]) paid[a] += ACTOR(a, AUDIENCE_COST);
  for (i64 l = 0; l < levers; l++) /* snap_back */
    if (lever_owner[l] == other && bound_channel[l] == c) {
      bound_channel[l] = -1;
      if (lever_reversible[l]) planned[l] = bound_from[l], reverted[l] = 1;
    }
}

static void honour(i64 c) {
  i64 *kept = has_kept + 2 * c;
  for (i64 side = 0; side < 2; side++) kept[side] = keeps(c, side);
  for (i64 row = table_start[c]; row < table_start[c + 1]; row++) { /* deliver */
    i64 l = table_levers[row], owner = lever_owner[l];
    if (promised[l] != c) continue;
    int is_held_back = !(kept[0] && kept[1]) && lever_reversible[l];
    if (!kept[channel_ends[2 * c] == owner ? 0 : 1] || is_held_back) continue;
    paid[owner] += move_cost(l, quantity[l], offer_value[c * levers + l]);
    planned[l] = offer_value[c * levers + l];
    if (lever_momentary[l]) continue;
    if (bound_channel[l] != c) bound_from[l] = quantity[l];
    bound_channel[l] = c;
  }
  for (i64 side = 0; side < 2; side++) {
    judge(c, side, kept[side] == 1);
    if (!kept[side]) break_faith(c, side);
  }
}

/* --------------------------------------------------------------------------- unilateral acts */
static double unilateral_value(i64 l, i64 direction) {
  double now = planned[l], value;
  if (direction == UP) {
    value = least(TOP(l), now + LEVER(l, STEP_UP));
  } else {
    value = most(BOTTOM(l), now - LEVER(l, STEP_DOWN));
  }
  return value;
}

static int is_reversal(i64 l, double value) {
  return bound_channel[l] >= 0 && (value - planned[l]) * (bound_from[l] - planned[l]) > 0.0;
}

static double price_of_reversal(i64 a, i64 c) {
  double price = channel_public[c] ? ACTOR(a, AUDIENCE_COST) : 0.0;
  for (i64 o = 0; o < levers; o++)
    if (lever_owner[o] != a && bound_channel[o] == c && lever_reversible[o])
      price -= move_worth(a, o, planned[o], bound_from[o]);
  return price;
}

static void choose_act(i64 a) {
  i64 count = 1;
  act_gain[0] = 0.0, act_move[0] = act_move[1] = -1;
  for (i64 c = 0; c < channels; c++) going_back[c] = NAN;
  for (i64 row = own_start[a]; row < own_start[a + 1]; row++) {
    i64 l = own_levers[row];
    if (!is_active[l] || promised[l] >= 0 || reverted[l] || !lever_unilateral[l]) continue;
    if (is_pending(l)) continue;
    double now = planned[l];
    i64 sheets = fill_sheet(a, a, l, linear, curves);
    double before = read_sheet(linear, curves, sheets, on_scale(l, now));
    for (i64 direction = UP; direction <= DOWN; direction++) {
      if (!(lever_unilateral[l] & direction)) continue;
      double value = unilateral_value(l, direction);
      if (fabs(value - now) <= TINY * RANGE(l)) continue;
      double after = read_sheet(linear, curves, sheets, on_scale(l, value));
      act_gain[count] = after - before - move_cost(l, now, value);
      if (is_reversal(l, value)) {
        double *price = going_back + bound_channel[l];
        if (isnan(*price)) *price = price_of_reversal(a, bound_channel[l]);
        act_gain[count] -= *price;
      }
      act_move[2 * count] = l, act_move[2 * count + 1] = direction;
      count++;
    }
  }
  if (count == 1) return;
  double mark = uniform(hash_actor[a], ACT), best = act_gain[0], total = 0.0;
  double lambda = ACTOR(a, RATIONALITY); /* quantal_response */
  i64 picked = count - 1;
  for (i64 j = 1; j < count; j++) best = most(best, act_gain[j]);
  for (i64 j = 0; j < count; j++) total += own_exp(lambda * (act_gain[j] - best));
  mark *= total;
  for (i64 j = 0; j < count; j++) {
    mark -= own_exp(lambda * (act_gain[j] - best));
    if (mark < 0.0) { picked = j; break; }
  }
  choice[2 * a] = act_move[2 * picked], choice[2 * a + 1] = act_move[2 * picked + 1];
}

static void act(i64 a) {
  i64 l = choice[2 * a];
  if (l < 0 || reverted[l]) return;
  double now = planned[l], value = unilateral_value(l, choice[2 * a + 1]);
  paid[a] += move_cost(l, now, value);
  if (is_reversal(l, value)) {
    i64 c = bound_channel[l], side = channel_ends[2 * c] == a ? 0 : 1;
    judge(c, side, 0);
    break_faith(c, side);
    for (i64 o = 0; o < levers; o++)
      if (lever_owner[o] == a && bound_channel[o] == c) bound_channel[o] = -1;
  }
  planned[l] = value;
}

/* --------------------------------------------------------- events, drift, influence, sight */
static void open_turn(void) {
  for (i64 a = 0; a < actors; a++) paid[a] = 0.0, choice[2 * a] = choice[2 * a + 1] = -1;
  for (i64 c = 0; c < channels; c++)
    is_agreed[c] = was_broken[c] = has_kept[2 * c] = has_kept[2 * c + 1] = 0;
  for (i64 l = 0; l < levers; l++) {
    promised[l] = -1, reverted[l] = has_leaked[l] = 0;
    if (lever_momentary[l]) quantity[l] = LEVER(l, INITIAL);
  }
}

static void strike(i64 f) {
  i64 kind = effect_kind[f], how = effect_how[f], one = effect_first[f], two = effect_second[f];
  double amount = effect[f];
  if (kind == ON_QUANTITY && how == SWITCH_OFF) {
    is_active[one] = 0;
  } else if (kind == ON_QUANTITY) {
    double value = quantity[one] + amount;
    if (one < levers) {
      value = least(most(value, BOTTOM(one)), TOP(one));
      for (i64 d = 0; d < delays; d++) pending[d * levers + one] = NAN;
    } else {
      value = one < levers + stocks ? most(value, 0.0) : least(most(value, 0.0), 1.0);
    }
    quantity[one] = value;
  } else if (kind == ON_SALIENCE) {
    double *rest = innate + one * interests, *now = weights + one * interests;
    double value = rest[two] + amount;
    now[two] += value - rest[two], rest[two] = value;
    normalise(rest, interests), normalise(now, interests);
  } else { /* trust, which is only ever lost */
    ledger[4 * one + 2 * two + 1] -= amount;
  }
}

static void happen(void) {
  for (i64 e = 0; e < events; e++) {
    if (has_happened[e]) continue;
    if (event_turn[e] > 0 ? event_turn[e] != turn
                          : uniform(hash_event[e], EVENT) >= hazard[e]) continue;
    has_happened[e] = turn;
    for (i64 f = 0; f < effects; f++)
      if (effect_event[f] == e) strike(f);
  }
}

static void move_stock(i64 i) {
  i64 from = inflow_from[i], by = inflow_lever[i];
  double available = quantity[levers + from];
  double wanted = by >= 0 ? quantity[by] : inflow[i] * available;
  double moved = least(floor(wanted + uniform(hash_inflow[i], FLOW)), available);
  quantity[levers + inflow_to[i]] += moved;
  quantity[levers + from] -= moved;
  for (i64 s = 0; s < stocks; s++)
    if (inflow_counter[i * stocks + s]) quantity[levers + s] += moved;
}

static void drift(void) {
  for (i64 l = 0; l < levers; l++) {
    if (lever_delay[l] == 0) continue;
    if (!isnan(pending[l])) quantity[l] = pending[l];
    for (i64 d = 0; d + 1 < delays; d++) pending[d * levers + l] = pending[(d + 1) * levers + l];
    pending[(delays - 1) * levers + l] = NAN;
  }
  for (i64 i = 0; i < inflows; i++)
    if (inflow_lever[i] < 0) move_stock(i);
}

static void attend(i64 a) {
  double d = ACTOR(a, SUSCEPTIBILITY), *next = staged + a * interests;
  const double *rest = innate + a * interests;
  for (i64 k = 0; k < interests; k++) next[k] = 0.0;
  for (i64 b = 0; b < actors; b++) {
    double weight = attention[a * actors + b];
    if (weight != 0.0)
      for (i64 k = 0; k < interests; k++) next[k] += weight * weights[b * interests + k];
  }
  for (i64 k = 0; k < interests; k++)
    next[k] = (1.0 - d) * rest[k] + d * next[k];
  normalise(next, interests);
}

static void look(void) {
  for (i64 a = 0; a <= actors; a++)
    for (i64 l = 0; l < levers; l++)
      if (lever_sight[a * levers + l] || has_leaked[l]) seen[a * levers + l] = quantity[l];
}

/* ------------------------------------------------------------------------ settle and measure */
static void settle_turn(void) {
  for (i64 l = 0; l < levers; l++) {
    if (planned[l] == quantity[l]) continue;
    if (lever_delay[l] > 0) pending[(lever_delay[l] - 1) * levers + l] = planned[l];
    else quantity[l] = planned[l];
  }
  for (i64 i = 0; i < inflows; i++)
    if (inflow_lever[i] >= 0) move_stock(i);
  for (i64 c = 0; c < channels; c++) { /* age_channels */
    double *q = quantity + levers + stocks + c;
    int was_kept = is_agreed[c] && has_kept[2 * c] && has_kept[2 * c + 1] && !was_broken[c];
    *q = was_kept ? *q + channel[8 * c + BUILD] * (1.0 - *q) : *q * (1.0 - channel[8 * c + DECAY]);
  }
}

static void take_stock(void) { /* look and add_up */
  look();
  for (i64 v = 0; v < quantities; v++) scaled[v] = on_scale(v, quantity[v]);
  for (i64 k = 0; k < interests; k++) levels[k] = 0.0;
  i64 k = 0;
  double total = 0.0;
  for (i64 n = 0; n < terms; n++) {
    double part = shape(term_shape[n], scaled[term_of[n]], term[3 * n + FIRST], term[3 * n + SECOND]);
    if (term_times[n] >= 0) part *= scaled[term_times[n]];
    if (term_interest[n] != k) levels[k] += total, k = term_interest[n], total = 0.0;
    total += term[3 * n + EFFECT] * part;
  }
  levels[k] += total;
  for (i64 a = 0; a < actors; a++) {
    own[a] = 0.0;
    for (i64 j = 0; j < interests; j++) own[a] += weights[a * interests + j] * levels[j];
  }
  for (i64 a = 0; a < actors; a++) {
    double for_others = 0.0;
    for (i64 b = 0; b < actors; b++) for_others += regard[a * actors + b] * own[b];
    utility[a] = own[a] + for_others - paid[a];
  }
}

static double measured(i64 q) {
  double total = 0.0;
  for (i64 row = measure_start[q]; row < measure_start[q + 1]; row++) {
    i64 kind = measure_kind[row], index = measure_index[row];
    total += kind == OF_QUANTITY ? quantity[index] : kind == OF_UTILITY ? utility[index]
           : (double)(kind == OF_AGREEMENTS ? is_agreed[index] : was_broken[index]);
  }
  return total;
}

static void begin_measures(void) {
  for (i64 q = 0; q < measures; q++) {
    i64 take = measure_take[q];
    measure[q] = take == CHANGE ? -measured(q) : take == MINIMUM ? INFINITY
               : take == MAXIMUM ? -INFINITY : take == FIRST_ABOVE ? (double)turns + 1.0 : 0.0;
  }
}

static void gather(void) {
  for (i64 q = 0; q < measures; q++) {
    i64 take = measure_take[q];
    double value = measured(q), *m = measure + q;
    if (take == TOTAL) *m += value;
    else if (take == MEAN) *m += value / (double)turns;
    else if (take == MINIMUM) *m = least(*m, value);
    else if (take == MAXIMUM) *m = most(*m, value);
    else if (take == FIRST_ABOVE) *m = value > measure_above[q] ? least(*m, (double)turn) : *m;
    else if (turn == turns) *m = take == FINAL ? value : *m + value;
  }
}

/* ------------------------------------------------------------------------------------- a run */
static void begin(void) {
  for (i64 l = 0; l < levers; l++) {
    quantity[l] = LEVER(l, INITIAL), bound_channel[l] = -1, bound_from[l] = 0.0;
    is_active[l] = 1, has_leaked[l] = 0;
    for (i64 d = 0; d < delays; d++) pending[d * levers + l] = NAN;
  }
  for (i64 s = 0; s < stocks; s++) quantity[levers + s] = stock[s];
  for (i64 c = 0; c < channels; c++) {
    quantity[levers + stocks + c] = channel[8 * c + QUALITY];
    for (i64 j = 0; j < 4; j++) ledger[4 * c + j] = channel[8 * c + KEPT + j];
    is_agreed[c] = was_broken[c] = 0;
  }
  for (i64 a = 0; a <= actors; a++)
    for (i64 l = 0; l < levers; l++) seen[a * levers + l] = quantity[l];
  for (i64 i = 0; i < actors * interests; i++) weights[i] = innate[i] = salience[i];
  for (i64 e = 0; e < events; e++) has_happened[e] = 0;
  for (i64 a = 0; a < actors; a++) paid[a] = 0.0;
  take_stock();
  begin_measures();
}

static void play_turn(void) {
  open_turn();
  happen();
  drift();
  for (i64 a = 0; a < actors; a++) attend(a);
  for (i64 i = 0; i < actors * interests; i++) weights[i] = staged[i];
  for (i64 l = 0; l < levers; l++)
    if (lever_leaks[l]) has_leaked[l] = uniform(hash_lever[l], LEAK) < LEVER(l, LEAK_RATE);
  for (i64 l = 0; l < levers; l++) planned[l] = quantity[l];
  look();
  weigh_interests();
  find_slopes();
  for (i64 c = 0; c < channels; c++) bargain(c);
  for (i64 c = 0; c < channels; c++)
    if (is_agreed[c]) honour(c);
  for (i64 a = 0; a < actors; a++) choose_act(a);
  for (i64 a = 0; a < actors; a++) act(a);
  settle_turn();
  take_stock();
  gather();
}

/* ---------------------------------------------------------------------------------- the file */
static void fill(const char *name, const double *numbers, i64 count) {
#define TAKE_SIZE(key) if (!strcmp(name, #key)) key = (i64)numbers[0];
#define TAKE_INTS(key) if (!strcmp(name, #key)) { key = WHOLE(count); \
    for (i64 i = 0; i < count; i++) key[i] = (i64)numbers[i]; }
#define TAKE_FLOATS(key) if (!strcmp(name, #key)) { key = REAL(count); \
    memcpy(key, numbers, (size_t)count * sizeof(double)); }
  SIZES(TAKE_SIZE) INTS(TAKE_INTS) FLOATS(TAKE_FLOATS)
}

int main(int count, char **words) {
  if (count != 5) return fprintf(stderr, "usage: reference DATA RUNS SEED MEASURES\n"), 2;
  FILE *data = fopen(words[1], "r"), *out = fopen(words[4], "wb");
  if (!data || !out) return fprintf(stderr, "cannot open %s or %s\n", words[1], words[4]), 1;
  char name[64];
  long long size;
  while (fscanf(data, "%63s %lld", name, &size) == 2) {
    double *numbers = REAL(size);
    for (i64 i = 0; i < size; i++)
      if (fscanf(data, "%lf", numbers + i) != 1) return fprintf(stderr, "%s: short\n", name), 1;
    fill(name, numbers, size);
    free(numbers);
  }
  make_room();
  i64 runs = atoll(words[2]);
  seed = atoll(words[3]);
  double *results = REAL(runs * measures);
  clock_t before = clock();
  for (replication = 0; replication < runs; replication++) {
    turn = 0;
    begin();
    for (turn = 1; turn <= turns; turn++) play_turn();
    memcpy(results + replication * measures, measure, (size_t)measures * sizeof(double));
  }
  printf("%.6f\n", (double)(clock() - before) / CLOCKS_PER_SEC);
  fwrite(results, sizeof(double), (size_t)(runs * measures), out);
  return fclose(out) != 0;
}
