// Tables as text, for tests.

// RFC 4180. → rows of texts
export function parseCsv(text) {
  const rows = [[""]];
  let inside = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i], row = rows[rows.length - 1];
    if (inside && c === "\"" && text[i + 1] === "\"") { row[row.length - 1] += c; i++; }
    else if (c === "\"") inside = !inside;
    else if (!inside && c === ",") row.push("");
    else if (!inside && (c === "\n" || c === "\r")) { if (c === "\r" && text[i + 1] === "\n") i++; rows.push([""]); }
    else row[row.length - 1] += c;
  }
  if (rows[rows.length - 1].join("") === "") rows.pop();
  return rows;
}

const NUMBER = /^-?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/i;
// A spreadsheet takes the cell for a formula.
export const runs = (cell) => /^[=+\-@\t\r]/.test(cell) && !NUMBER.test(cell);

const quoted = (cell) => `"${String(cell).replaceAll("\"", "\"\"")}"`;
export const csv = (rows) => rows.map((row) => row.map(quoted).join(",") + "\r\n").join("");
