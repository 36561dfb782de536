// Tables sort by a click on a column's title; without this script they are as readable, only not sortable.
// A cell's value is its data-v where the text does not sort ("1.2 MiB"), else its text.
"use strict";
for (const table of document.querySelectorAll("table.sortable")) {
  const heads = Array.from(table.tHead.rows[0].cells);
  const body = table.tBodies[0];
  const valueOf = (row, column, isNumber) => {
    const cell = row.cells[column];
    const text = cell.dataset.v || cell.textContent;
    if (!isNumber) return text;
    const number = Number.parseFloat(text.replaceAll(",", ""));
    return Number.isNaN(number) ? -1 : number;
  };
  heads.forEach((head, column) => {
    const isNumber = head.classList.contains("n");
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.hasAttribute("aria-sort") ? head.getAttribute("aria-sort") === "ascending" : isNumber;
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = Array.from(body.rows, (row) => [valueOf(row, column, isNumber), row]);
      const order = (a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0);
      rows.sort(down ? (a, b) => order(b, a) : order);
      body.append(...rows.map((row) => row[1]));
    });
  });
}
// What is folded is printed, too.
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details")) details.open = true;
});
