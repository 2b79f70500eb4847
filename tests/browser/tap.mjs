// What the tests print: TAP, with the problems of a test that fails below its line.
let n = 0, bad = 0;

// problems: sentences; none means that the test passes.
export function report(name, problems) {
  const all = [...new Set(problems)];
  n++;
  if (all.length) bad++;
  console.log(`${all.length ? "not ok" : "ok"} ${n} - browser: ${name}`);
  for (const problem of all.slice(0, 12)) console.log(`    ${problem}`);
  if (all.length > 12) console.log(`    … and ${all.length - 12} more`);
}

// Runs a test that gives its problems; an exception is one of them.
export async function test(name, body) {
  let problems;
  try {
    problems = await body() || [];
  } catch (error) {
    problems = [error.stack || String(error)];
  }
  report(name, problems);
}

// To be printed last. → exit status
export function plan() {
  console.log(`1..${n}`);
  return bad || !n ? 1 : 0;
}
