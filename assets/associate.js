/*
 * How two quantities go together over models: src/numeric/association.c again, for what readers choose in the browser. Values equal scipy's (pearsonr,
 * spearmanr, linregress, t.cdf, t.ppf). Missing values are NaN; pairs with one are left out. Pure functions; a test compares them with scipy's numbers.
 */
'use strict';

const brainboardAssociate = (() => {
    /* ln Γ(x), x > 0: Stirling's series from 15 on (DLMF 5.11.1), x Γ(x) = Γ(x + 1) below. */
    function logGamma(x) {
        let shift = 0;
        for (; x < 15; x++) shift -= Math.log(x);
        const z = 1 / (x * x);
        const series = (1 / 12 - z * (1 / 360 - z * (1 / 1260 - z * (1 / 1680 - z * (1 / 1188 - z * (691 / 360360 - z / 156)))))) / x;
        return shift + (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series;
    }

    /* The continued fraction of the incomplete beta function by Lentz's method (DLMF 8.17.22). */
    function betaFraction(a, b, x) {
        const tiny = 1e-300, kept = value => Math.abs(value) < tiny ? tiny : value;
        let c = 1, d = 1 / kept(1 - (a + b) * x / (a + 1)), h = d;
        for (let m = 1; m <= 10000; m++) {
            const even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            const odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / kept(1 + even * d);
            c = kept(1 + even / c);
            h *= c * d;
            d = 1 / kept(1 + odd * d);
            c = kept(1 + odd / c);
            h *= c * d;
            if (Math.abs(c * d - 1) < 1e-16) break;
        }
        return h;
    }

    /* I_x(a, b), regularised; x1 = 1 − x, given apart so that neither end loses digits. */
    function incompleteBeta(a, b, x, x1) {
        if (x <= 0) return 0;
        if (x1 <= 0) return 1;
        const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(x1));
        return x < (a + 1) / (a + b + 2) ? front * betaFraction(a, b, x) / a : 1 - front * betaFraction(b, a, x1) / b;
    }

    /* Two-sided p of Student's t. */
    function studentP(t, dof) {
        if (Number.isNaN(t) || !(dof > 0)) return NaN;
        if (!Number.isFinite(t)) return 0;
        const square = t * t;
        return incompleteBeta(dof / 2, 0.5, dof / (dof + square), square / (dof + square));
    }

    /* The t below which the share p lies, by bisection on the two-sided p value. */
    function studentQuantile(p, dof) {
        if (!(p > 0) || !(p < 1) || !(dof > 0)) return NaN;
        const tail = p < 0.5 ? 2 * p : 2 * (1 - p);
        let low = 0, high = 1;
        while (studentP(high, dof) > tail && high < 1e300) high *= 2;
        for (let i = 0; i < 200 && low < high; i++) {
            const middle = (low + high) / 2;
            if (middle === low || middle === high) break;
            if (studentP(middle, dof) > tail) low = middle; else high = middle;
        }
        return (p < 0.5 ? -1 : 1) * (low + high) / 2;
    }

    const mean = x => x.reduce((sum, value) => sum + value, 0) / x.length;

    /* Deviations from the mean; null when all are the same. */
    function centred(x) {
        const middle = mean(x), out = x.map(value => value - middle);
        return x.some(value => value !== x[0]) ? out : null;
    }

    function pearson(x, y) {
        if (x.length < 2) return NaN;
        const dx = centred(x), dy = centred(y);
        if (!dx || !dy) return NaN;
        let xx = 0, yy = 0, xy = 0;
        for (let i = 0; i < dx.length; i++) { xx += dx[i] * dx[i]; yy += dy[i] * dy[i]; xy += dx[i] * dy[i]; }
        return Math.max(-1, Math.min(1, xy / (Math.sqrt(xx) * Math.sqrt(yy))));
    }

    /* Average ranks. */
    function ranks(x) {
        const order = x.map((value, i) => i).sort((a, b) => x[a] - x[b]), out = new Array(x.length);
        for (let i = 0, end; i < order.length; i = end) {
            for (end = i + 1; end < order.length && x[order[end]] === x[order[i]]; end++);
            for (let k = i; k < end; k++) out[order[k]] = (i + end + 1) / 2;
        }
        return out;
    }

    /* By the t test; a correlation that is one but for rounding is one. */
    function correlationP(r, n) {
        if (Number.isNaN(r)) return NaN;
        if (n <= 2) return 1;
        const rest = (1 - r) * (1 + r);
        return rest < 4 * Number.EPSILON ? 0 : studentP(r * Math.sqrt((n - 2) / rest), n - 2);
    }

    /* 95 % of Fisher's z. */
    function fisherInterval(r, n) {
        if (Number.isNaN(r)) return [NaN, NaN];
        if (n <= 3) return [-1, 1];
        const z = Math.atanh(r), half = 1.959963984540054 / Math.sqrt(n - 3);
        return [Math.tanh(z - half), Math.tanh(z + half)];
    }

    /* {n, r, p, low, high, rho, rhoP, slope, intercept, slopeSe, residualSd, meanX, sumXx}: struct bb_association. */
    function associate(x, y) {
        const u = [], v = [];
        x.forEach((value, i) => { if (!Number.isNaN(value) && !Number.isNaN(y[i])) { u.push(value); v.push(y[i]); } });
        const n = u.length, r = pearson(u, v), rho = n < 2 ? NaN : pearson(ranks(u), ranks(v)), [low, high] = fisherInterval(r, n);
        const out = {n, r, p: correlationP(r, n), low, high, rho, rhoP: n >= 3 ? correlationP(rho, n) : NaN,
            slope: NaN, intercept: NaN, slopeSe: NaN, residualSd: NaN, meanX: 0, sumXx: 0};
        if (n >= 2) fit(out, u, v);
        return out;
    }

    function fit(out, x, y) {
        const meanY = mean(y);
        let xy = 0, rss = 0;
        out.meanX = mean(x);
        for (let i = 0; i < x.length; i++) { out.sumXx += (x[i] - out.meanX) ** 2; xy += (x[i] - out.meanX) * (y[i] - meanY); }
        if (!(out.sumXx > 0)) return;
        out.slope = xy / out.sumXx;
        out.intercept = meanY - out.slope * out.meanX;
        if (x.length < 3) return;
        for (let i = 0; i < x.length; i++) rss += (y[i] - meanY - out.slope * (x[i] - out.meanX)) ** 2;
        out.residualSd = Math.sqrt(rss / (x.length - 2));
        out.slopeSe = out.residualSd / Math.sqrt(out.sumXx);
    }

    /* Half-widths of the 95 % band of the line at each of x; NaN for fewer than three pairs. */
    function lineBand(line, x) {
        if (line.n < 3 || Number.isNaN(line.residualSd)) return x.map(() => NaN);
        const t = studentQuantile(0.975, line.n - 2);
        return x.map(at => t * line.residualSd * Math.sqrt(1 / line.n + (at - line.meanX) ** 2 / line.sumXx));
    }

    return {logGamma, incompleteBeta, studentP, studentQuantile, pearson, ranks, fisherInterval, associate, lineBand};
})();

if (typeof module !== 'undefined') module.exports = brainboardAssociate;
