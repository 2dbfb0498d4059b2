/** The lock helper's one page: what it looks like, and what it does in the browser. */

export const pageHtml = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>Invigil</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page.css">
<script src="/page.js" defer></script>
</head>
<body><main id="page"></main></body>
</html>
`;

export const pageStyle = `
:root { --ink: #1c2733; --soft: #566373; --line: #d5dce4; --blue: #1557b0; --green: #1d7a3a; --red: #b3261e; --amber: #8a5a00; }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; background: #f3f5f8; color: var(--ink); font: 16px/1.5 system-ui, "Noto Sans SC", "Microsoft YaHei", sans-serif; }
main { max-width: 760px; margin: 0 auto; padding: 24px 16px 48px; display: grid; gap: 16px; }
header { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: baseline; justify-content: space-between; }
h1 { font-size: 24px; margin: 0; }
h2 { font-size: 18px; margin: 0; overflow-wrap: anywhere; }
p { margin: 0; }
section { background: #fff; border: 1px solid var(--line); border-radius: 8px; padding: 16px; display: grid; gap: 12px; }
dl { display: grid; grid-template-columns: minmax(140px, max-content) 1fr; gap: 4px 16px; margin: 0; }
dt { color: var(--soft); }
dd { margin: 0; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.clock { font-size: 20px; }
.soft { color: var(--soft); }
.row { display: flex; flex-wrap: wrap; gap: 8px; align-items: end; }
label { display: grid; gap: 2px; color: var(--soft); flex: 1 1 220px; }
input, select { font: inherit; color: var(--ink); padding: 8px 10px; border: 1px solid #8694a5; border-radius: 6px; min-width: 0; background: #fff; }
button { font: inherit; padding: 9px 16px; border: 1px solid #8694a5; border-radius: 6px; background: #fff; color: var(--ink); cursor: pointer; }
button.primary { background: var(--blue); border-color: var(--blue); color: #fff; }
button:disabled { opacity: 0.5; cursor: default; }
button[aria-pressed="true"] { border-color: var(--blue); color: var(--blue); }
:focus-visible { outline: 3px solid #6ea8fe; outline-offset: 1px; }
.said { border-left: 4px solid var(--blue); padding: 8px 12px; background: #eef4fd; display: grid; gap: 2px; }
.said.good { border-color: var(--green); background: #edf7f0; }
.said.bad { border-color: var(--red); background: #fdf0ef; }
.said.off { border-color: var(--amber); background: #fdf6e7; }
.said strong { font-size: 18px; }
details summary { cursor: pointer; color: var(--blue); }
details form { margin-top: 12px; }
form { display: grid; gap: 8px; }
@media (max-width: 480px) { dl { grid-template-columns: 1fr; } dd { margin-bottom: 6px; } }
`;

interface Calibration {
  readonly at: number;
  readonly sites: readonly {
    siteCode: string;
    siteName: string;
    projectName: string;
    supportPhone: string;
  }[];
  readonly releases: readonly { number: number; name: string; startAt: number }[];
}
interface Lock {
  readonly id: string;
  readonly kind: string;
  readonly serial: string;
  readonly where: string;
  readonly problem: Said | null;
  readonly calibration: Calibration | null;
}
interface Said {
  readonly what: string;
  readonly remedy: string | null;
}
interface State {
  readonly centre: {
    readonly address: string;
    readonly code: string | null;
    /** Its clock minus this computer's, ms. */
    readonly offset: number | null;
    readonly contacts: readonly { name: string; phone: string }[];
    readonly problem: Said | null;
  };
  readonly locks: readonly Lock[];
  readonly drives: readonly { path: string; name: string }[];
}
interface Outcome {
  readonly tone: 'good' | 'bad';
  readonly title: string;
  readonly more: readonly string[];
}

/** Runs in the browser, as it stands here: nothing outside of it exists there. */
function page(): void {
  const token = location.hash.slice(1);
  const root = document.getElementById('page') as HTMLElement;
  const names: Record<string, string> = { en: 'English', zh: '中文', ru: 'Русский' };
  const known = navigator.languages.map((one) => one.slice(0, 2)).find((one) => one in names);
  let language = known ?? 'en';
  let texts: Record<string, string> = {};
  let state: State | null = null;
  /** The centre's clock minus this one, ms. */
  let offset: number | null = null;
  let busy = false;
  let ended = false;
  const outcomes = new Map<string, Outcome>();
  const typed = new Map<string, string>();
  let drawn = '';

  const two = (n: number): string => String(n).padStart(2, '0');
  const moment = (ms: number): string => {
    const d = new Date(ms);
    return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())} ${two(d.getHours())}:${two(d.getMinutes())}`;
  };
  const seconds = (ms: number): string => `${moment(ms)}:${two(new Date(ms).getSeconds())}`;
  const t = (key: string, values: Record<string, string | number> = {}): string =>
    (texts[key] ?? key).replaceAll(/\{(\w+)(?::\w+)?\}/g, (whole, name: string) => {
      const value = values[name];
      if (value === undefined) return whole;
      return typeof value === 'number' && whole.endsWith(':time}') ? moment(value) : String(value);
    });

  type Child = Node | string | null;
  const el = (tag: string, attributes: Record<string, string> = {}, ...children: Child[]): HTMLElement => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    for (const child of children) if (child !== null) made.append(child);
    return made;
  };

  const ask = async (
    what: string,
    body: Record<string, unknown> = {},
  ): Promise<{ ok: boolean; value: unknown }> => {
    const answer = await fetch(`/do/${what}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-invigil-lock': token },
      body: JSON.stringify({ ...body, language }),
    });
    return { ok: answer.ok, value: await answer.json() };
  };

  const end = (): void => {
    ended = true;
    draw();
  };

  const look = async (again: boolean): Promise<void> => {
    const answer = await ask('state', { again });
    if (!answer.ok) return;
    state = answer.value as State;
    offset = state.centre.offset ?? offset;
    draw();
  };

  const choose = async (next: string): Promise<void> => {
    language = next;
    texts = (await ask('texts')).value as Record<string, string>;
    document.documentElement.lang = language;
    document.title = t('helper.title');
    outcomes.clear();
    drawn = '';
    await look(false);
  };

  /** One thing at a time: a token does not bear two. */
  const run = async (
    id: string,
    what: string,
    body: Record<string, unknown>,
    good: (value: never) => Outcome,
  ) => {
    if (busy) return;
    busy = true;
    outcomes.delete(id);
    draw();
    try {
      const answer = await ask(what, body);
      const said = answer.value as Said;
      outcomes.set(
        id,
        answer.ok
          ? good(answer.value as never)
          : { tone: 'bad', title: said.what, more: said.remedy === null ? [] : [said.remedy] },
      );
    } finally {
      busy = false;
      await look(what === 'calibrate' || what === 'register').catch(end);
    }
  };

  const field = (key: string, label: string, type: string, hint: string | null = null): HTMLElement => {
    const input = el('input', {
      type,
      autocomplete: 'off',
      spellcheck: 'false',
      'data-key': key,
    }) as HTMLInputElement;
    input.value = typed.get(key) ?? '';
    input.addEventListener('input', () => typed.set(key, input.value));
    return el('label', {}, label, input, hint === null ? null : el('small', {}, hint));
  };

  const button = (label: string, primary: boolean): HTMLButtonElement => {
    const made = el(
      'button',
      { type: 'submit', class: primary ? 'primary' : '' },
      label,
    ) as HTMLButtonElement;
    made.disabled = busy;
    return made;
  };

  const form = (act: () => void, ...children: Child[]): HTMLElement => {
    const made = el('form', {}, ...children);
    made.addEventListener('submit', (event) => {
      event.preventDefault();
      act();
    });
    return made;
  };

  const outcomeOf = (id: string): HTMLElement | null => {
    const said = outcomes.get(id);
    return said
      ? el(
          'div',
          { class: `said ${said.tone}`, role: said.tone === 'bad' ? 'alert' : 'status' },
          el('strong', {}, `${said.tone === 'good' ? '✓' : '✕'} ${said.title}`),
          ...said.more.map((line) => el('p', {}, line)),
        )
      : null;
  };

  const facts = (of: readonly (readonly [string, Child])[]): HTMLElement =>
    el('dl', {}, ...of.flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value ?? '–')]));

  const lockCard = (lock: Lock): HTMLElement => {
    const { calibration } = lock;
    const [pinKey, codeKey] = [`pin ${lock.id}`, `code ${lock.id}`];
    const pin = (): string => typed.get(pinKey) ?? '';
    const calibrate = (): void =>
      void run(lock.id, 'calibrate', { id: lock.id, pin: pin() }, (value) => {
        const done = value as {
          calibration: { at: number; releases: unknown[] };
          waiting: { sessionNumber: number; name: string; opensAt: number }[];
        };
        typed.delete(pinKey);
        return {
          tone: 'good',
          title: t('helper.calibrated'),
          more: [
            t('helper.calibratedText', { count: done.calibration.releases.length, at: done.calibration.at }),
            ...done.waiting.map(({ sessionNumber, name, opensAt }) =>
              t('helper.waiting', { number: sessionNumber, name, opensAt }),
            ),
          ],
        };
      });
    const register = (): void =>
      void run(lock.id, 'register', { id: lock.id, pin: pin(), code: typed.get(codeKey) ?? '' }, (value) => {
        const {
          siteCode,
          siteName,
          state: as,
        } = value as { siteCode: string; siteName: string; state: string };
        typed.delete(codeKey);
        return {
          tone: 'good',
          title: t('helper.registered', { site: siteName, code: siteCode }),
          more: [t(`helper.registered.${as}`)],
        };
      });
    const sites = calibration?.sites ?? [];
    return el(
      'section',
      { 'data-serial': lock.serial },
      el('h2', {}, `${t('lock.serial')} ${lock.serial}`),
      facts([
        [t('helper.where'), `${lock.where} (${t(`lock.kind.${lock.kind}`)})`],
        [
          t('helper.site'),
          sites.length === 0 ? null : sites.map((site) => `${site.siteCode} · ${site.siteName}`).join('; '),
        ],
        [t('helper.lockTime'), calibration === null ? t('helper.never') : seconds(calibration.at)],
        [
          t('helper.sessions'),
          calibration === null || calibration.releases.length === 0
            ? null
            : el(
                'div',
                {},
                ...calibration.releases.map((one) => el('div', {}, t('helper.session', { ...one }))),
              ),
        ],
      ]),
      lock.problem === null
        ? null
        : el(
            'div',
            { class: 'said bad' },
            el('p', {}, lock.problem.what),
            el('p', {}, lock.problem.remedy ?? ''),
          ),
      outcomeOf(lock.id),
      form(
        calibrate,
        el(
          'div',
          { class: 'row' },
          field(pinKey, t('helper.pin'), 'password'),
          button(t('helper.calibrate'), true),
        ),
      ),
      opened(
        `register ${lock.id}`,
        t('helper.register'),
        form(
          register,
          el(
            'div',
            { class: 'row' },
            field(codeKey, t('helper.code'), 'text', t('helper.codeHint')),
            button(t('helper.register'), false),
          ),
        ),
      ),
    );
  };

  const open = new Set<string>();
  const opened = (key: string, label: string, inside: HTMLElement): HTMLElement => {
    const made = el('details', {}, el('summary', {}, label), inside) as HTMLDetailsElement;
    made.open = open.has(key);
    made.addEventListener('toggle', () => (made.open ? open.add(key) : open.delete(key)));
    return made;
  };

  const makeCard = (drives: State['drives']): HTMLElement => {
    const drive = el('select', { 'data-key': 'drive' }) as HTMLSelectElement;
    for (const { path, name } of drives) drive.append(el('option', { value: path }, `${name} (${path})`));
    return el(
      'section',
      {},
      outcomeOf('make'),
      opened(
        'make',
        t('helper.make'),
        form(
          () =>
            void run('make', 'make', { drive: drive.value, pin: typed.get('pin make') ?? '' }, () => {
              typed.delete('pin make');
              return { tone: 'good', title: t('helper.make'), more: [] };
            }),
          el('p', { class: 'soft' }, t('helper.makeText')),
          el(
            'div',
            { class: 'row' },
            el('label', {}, t('helper.drive'), drive),
            field('pin make', t('helper.pin'), 'password'),
            button(t('helper.make'), false),
          ),
        ),
      ),
    );
  };

  const centreCard = ({ centre }: State): HTMLElement => {
    const phones = new Map(
      centre.contacts.map(({ name, phone }) => [`${phone} ${name}`, `${phone} (${name})`]),
    );
    for (const lock of state?.locks ?? [])
      for (const { projectName, supportPhone } of lock.calibration?.sites ?? [])
        if (supportPhone !== '')
          phones.set(`${supportPhone} ${projectName}`, `${supportPhone} (${projectName})`);
    return el(
      'section',
      {},
      facts([
        [t('helper.centre'), [centre.code, centre.address].filter((one) => one !== null).join(' · ')],
        [t('helper.serverTime'), el('span', { class: 'clock', id: 'server-time' }, '–')],
        [t('helper.ownTime'), el('span', { class: 'clock', id: 'own-time' }, '–')],
        [t('helper.contacts'), phones.size === 0 ? null : [...phones.values()].join('; ')],
      ]),
      el('div', { class: 'said off', id: 'clock-off', hidden: '' }, ''),
      centre.problem === null
        ? null
        : el(
            'div',
            { class: 'said bad', role: 'alert' },
            el('p', {}, centre.problem.what),
            el('p', {}, centre.problem.remedy ?? ''),
          ),
    );
  };

  const tick = (): void => {
    const [server, own, off] = ['server-time', 'own-time', 'clock-off'].map((one) =>
      document.getElementById(one),
    );
    if (!server || !own || !off) return;
    const now = Date.now();
    own.textContent = seconds(now);
    server.textContent = offset === null ? '–' : seconds(now + offset);
    const apart = Math.round(Math.abs(offset ?? 0) / 1000);
    off.hidden = apart < 60;
    off.textContent = t('helper.ownTimeOff', { seconds: apart });
  };

  const draw = (): void => {
    // A little different with each look; the clock shows it.
    const shown = JSON.stringify([
      language,
      busy,
      ended,
      state && { ...state, centre: { ...state.centre, offset: null } },
      [...outcomes],
    ]);
    if (shown === drawn) return;
    drawn = shown;
    const focused = document.activeElement?.getAttribute('data-key') ?? null;
    const header = el(
      'header',
      {},
      el('h1', {}, t('helper.title')),
      el(
        'div',
        { class: 'row', role: 'group', 'aria-label': t('helper.language') },
        ...Object.entries(names).map(([code, name]) => {
          const one = el(
            'button',
            { type: 'button', lang: code, 'aria-pressed': String(code === language) },
            name,
          );
          one.addEventListener('click', () => void choose(code));
          return one;
        }),
      ),
    );
    if (ended || !state) {
      root.replaceChildren(
        header,
        el('section', {}, el('p', { role: 'status' }, t(ended ? 'helper.ended' : 'helper.working'))),
      );
      return;
    }
    const again = el('button', { type: 'button' }, t('helper.lookAgain')) as HTMLButtonElement;
    again.disabled = busy;
    again.addEventListener('click', () => void look(true).catch(end));
    root.replaceChildren(
      header,
      centreCard(state),
      ...state.locks.map(lockCard),
      state.locks.length === 0
        ? el('section', {}, el('h2', {}, t('helper.noLock')), el('p', {}, t('helper.noLockTodo')))
        : '',
      el('div', { class: 'row' }, again, busy ? el('span', { role: 'status' }, t('helper.working')) : null),
      state.drives.length > 0 ? makeCard(state.drives) : '',
      el('p', { class: 'soft' }, t('helper.closeHint')),
    );
    if (focused !== null) {
      const input = [...root.querySelectorAll('[data-key]')].find(
        (one) => one.getAttribute('data-key') === focused,
      );
      (input as HTMLElement | undefined)?.focus();
    }
    tick();
  };

  /** Held for as long as this page lives: the program ends with it. */
  const stay = async (): Promise<void> => {
    const held = await fetch('/do/here', {
      method: 'POST',
      headers: { 'x-invigil-lock': token },
      body: '{}',
    });
    const reader = held.body?.getReader();
    while (reader && !(await reader.read()).done);
  };

  void (async () => {
    void stay().then(end, end);
    await choose(language);
    await look(true);
    setInterval(tick, 1_000);
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      if (ended) return;
      if (!busy) await look(false);
    }
  })().catch(end);
}

export const pageScript = `(${page.toString()})();\n`;
