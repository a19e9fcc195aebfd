// A calendar in a native dialog, which keeps the focus, closes on Escape, and covers the page on a phone.
const BODY = `
  <button type="button" class="khoosheh-picker-open" aria-haspopup="dialog"></button>
  <dialog>
    <div class="khoosheh-picker-head">
      <button type="button" data-step="-1"></button><select data-part="month"></select>
      <select data-part="year"></select><button type="button" data-step="1"></button>
    </div>
    <table role="grid"><thead><tr></tr></thead><tbody></tbody></table>
    <div class="khoosheh-picker-foot">
      <label><span></span><input type="text" inputmode="numeric" autocomplete="off"></label>
      <button type="button" data-close></button>
    </div>
  </dialog>`;
const HALF = 6, WEEK = 7, SATURDAY_OF_EPOCH = 5;

// The tables contain the first day of each year and of the year after the last; the length of Esfand follows from them.
export const monthLength = ({firstYear, starts}, year, month) => {
  if (month <= HALF) return 31;
  if (month < 12) return 30;
  return starts[year - firstYear + 1] - starts[year - firstYear] - 336;
};
export const ordinal = ({firstYear, starts}, year, month, day) =>
  starts[year - firstYear] + Math.min(month - 1, HALF) * 31 + Math.max(month - 1 - HALF, 0) * 30 + day - 1;
// Returns 0 for Saturday, the first day of the week.
export const weekday = (tables, year, month, day) =>
  (((ordinal(tables, year, month, day) + SATURDAY_OF_EPOCH) % WEEK) + WEEK) % WEEK;

const two = number => String(number).padStart(2, '0');
const text = ([year, month, day]) => `${year}-${two(month)}-${two(day)}`;
const parts = words => words.split('-').map(Number);

export default function ({data, parentElement, setTriggerValue}) {
  let root = parentElement.querySelector('.khoosheh-picker');
  if (!root) {
    root = document.createElement('div');
    root.className = 'khoosheh-picker';
    root.innerHTML = BODY;
    parentElement.append(root);
  }
  const find = what => root.querySelector(what);
  const dialog = find('dialog'), opener = find('.khoosheh-picker-open'), field = find('input');
  const {words, low, high} = data, rtl = getComputedStyle(root).direction === 'rtl';
  const lastYear = data.firstYear + data.starts.length - 2;
  const marked = ([year, month, day]) => (data.marked[`${year}-${two(month)}`] >>> (day - 1)) & 1;
  const digits = number => String(number).replace(/\d/g, digit => data.digits[digit]);
  const given = data.value ? parts(data.value) : parts(high);
  // a chosen month or year is shown at its last day
  const start = [given[0], given[1] ?? 12, given[2] ?? monthLength(data, given[0], given[1] ?? 12)];
  let at = start;

  const kept = day => (text(day) < low ? parts(low) : text(day) > high ? parts(high) : day);
  const step = (day, months) => {
    const count = day[0] * 12 + day[1] - 1 + months, year = Math.floor(count / 12), month = (count % 12) + 1;
    if (year < data.firstYear) return parts(low);
    if (year > lastYear) return parts(high);
    return [year, month, Math.min(day[2], monthLength(data, year, month))];
  };
  const shift = ([year, month, day], days) => {
    let next = [year, month, day + days];
    while (next[2] < 1) {
      const before = step([next[0], next[1], 1], -1);
      if (text(before) >= text([next[0], next[1], 1])) return parts(low);
      next = [before[0], before[1], next[2] + monthLength(data, before[0], before[1])];
    }
    while (next[2] > monthLength(data, next[0], next[1])) {
      const length = monthLength(data, next[0], next[1]);
      if (next[0] === lastYear && next[1] === 12) return parts(high);
      const after = step([next[0], next[1], 1], 1);
      next = [after[0], after[1], next[2] - length];
    }
    return next;
  };
  const name = day => `${digits(day[2])} ${data.months[day[1] - 1]} ${digits(day[0])}`;
  const pick = words_ => { dialog.close(); setTriggerValue('picked', words_); };

  const cell = day => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = digits(day[2]);
    button.dataset.day = text(day);
    const note = marked(day) ? `, ${words.mark}` : '';
    button.setAttribute('aria-label', `${name(day)}${note}`);
    button.setAttribute('aria-selected', String(text(day) === data.value));
    if (note) button.dataset.marked = '';
    button.disabled = text(day) < low || text(day) > high;
    button.tabIndex = text(day) === text(at) ? 0 : -1;
    button.onclick = () => pick(text(day));
    return button;
  };
  const draw = focus => {
    const [year, month] = at, rows = find('tbody'), length = monthLength(data, year, month);
    find('[data-part=month]').value = month;
    find('[data-part=year]').value = year;
    rows.replaceChildren();
    let row = null, place = weekday(data, year, month, 1);
    for (let day = 1; day <= length; day++, place++) {
      if (!row || place % WEEK === 0) {
        row = rows.insertRow();
        if (day === 1) for (let gap = 0; gap < place; gap++) row.insertCell();
      }
      const td = row.insertCell();
      td.setAttribute('role', 'gridcell');
      td.append(cell([year, month, day]));
    }
    find('[data-step="-1"]').disabled = text([year, month, 1]) <= low;
    find('[data-step="1"]').disabled = text([year, month, length]) >= high;
    if (focus) rows.querySelector('button[tabindex="0"]')?.focus();
  };
  const go = (day, focus = true) => { at = kept(day); draw(focus); };

  opener.textContent = data.shown;
  opener.setAttribute('aria-label', `${words.open}: ${data.shown}`);
  dialog.setAttribute('aria-label', words.label);
  find('thead tr').replaceChildren(...data.weekdays.map(([short, long]) => {
    const th = document.createElement('th');
    th.scope = 'col';
    th.textContent = short;
    th.abbr = long;
    return th;
  }));
  const fill = (part, options, change) => {
    const list = find(`[data-part=${part}]`);
    list.setAttribute('aria-label', words[part]);
    list.replaceChildren(...options.map(([value, shown]) => new Option(shown, value)));
    list.onchange = () => change(+list.value);
  };
  fill('month', data.months.map((shown, place) => [place + 1, shown]),
    month => go([at[0], month, Math.min(at[2], monthLength(data, at[0], month))], false));
  fill('year', data.starts.slice(1).map((_, place) => [data.firstYear + place, digits(data.firstYear + place)]),
    year => go([year, at[1], Math.min(at[2], monthLength(data, year, at[1]))], false));
  root.querySelectorAll('[data-step]').forEach(button => {
    const back = button.dataset.step === '-1';
    button.textContent = back === rtl ? '›' : '‹';
    button.dir = 'ltr';
    button.setAttribute('aria-label', back ? words.earlier : words.later);
    button.onclick = () => go(step(at, back ? -1 : 1), false);
  });
  find('label span').textContent = words.typed;
  find('[data-close]').textContent = words.close;
  find('[data-close]').onclick = () => dialog.close();
  field.onkeydown = event => { if (event.key === 'Enter' && field.value.trim()) pick(field.value.trim()); };
  opener.onclick = () => { field.value = ''; at = kept(start); dialog.showModal(); draw(true); };
  dialog.onclick = event => { if (event.target === dialog) dialog.close(); };
  dialog.onclose = () => opener.focus();
  find('tbody').onkeydown = event => {
    const side = rtl ? -1 : 1, month = event.shiftKey ? 12 : 1;
    const inWeek = weekday(data, ...at);
    const ways = {
      ArrowRight: () => shift(at, side), ArrowLeft: () => shift(at, -side),
      ArrowDown: () => shift(at, WEEK), ArrowUp: () => shift(at, -WEEK),
      PageDown: () => step(at, month), PageUp: () => step(at, -month),
      Home: () => shift(at, -inWeek), End: () => shift(at, WEEK - 1 - inWeek),
    };
    if (!ways[event.key]) return;
    event.preventDefault();
    go(ways[event.key]());
  };
}
