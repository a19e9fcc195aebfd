// One listener for all tables, since Streamlit replaces them at each run: a click on a heading sorts the rows.
const LATIN = text => text.replace(/[۰-۹]/g, digit => '۰۱۲۳۴۵۶۷۸۹'.indexOf(digit));

export const order = lang => {
  const letters = new Intl.Collator(lang, {numeric: true});
  return (a, b) => {
    if (a === '' || b === '') return (a === '') - (b === '');
    // numeric collation would compare the digits after a decimal point as a whole number
    const [one, other] = [Number(LATIN(a)), Number(LATIN(b))];
    if (!Number.isNaN(one) && !Number.isNaN(other)) return one - other;
    return letters.compare(LATIN(a), LATIN(b));
  };
};

const value = (row, place) => {
  const cell = row.cells[place];
  return (cell.dataset.sort ?? cell.innerText).trim();
};

const sort = (heading, lang) => {
  const table = heading.closest('table'), place = heading.cellIndex, body = table.tBodies[0];
  const way = heading.getAttribute('aria-sort') === 'ascending' ? 'descending' : 'ascending';
  table.querySelectorAll('th').forEach(one => one.removeAttribute('aria-sort'));
  heading.setAttribute('aria-sort', way);
  const compare = order(lang), sign = way === 'ascending' ? 1 : -1;
  // empty cells stay at the end in both orders
  const rows = [...body.rows].map(row => [value(row, place), row]);
  rows.sort(([a], [b]) => (a === '' || b === '' ? compare(a, b) : sign * compare(a, b)));
  body.append(...rows.map(([, row]) => row));
};

document.addEventListener('click', event => {
  const heading = event.target.closest?.('.khoosheh-table th');
  if (heading) sort(heading, document.documentElement.lang);
});
