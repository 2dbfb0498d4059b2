/** The pages of an installation (安装程序向导) as HTML: forms alone, no script, so that any browser of a school's computer shows them. */
import type { Refusal } from '../../base/result.ts';
import { bytes } from '../../ui/format.ts';
import { pageOf, setupSteps, type Choices, type SetupStep } from './install-program.ts';
import { hasText, languages, say, type Language, type Said, type Values } from './texts.ts';

export type PageName =
  | 'language'
  | 'about'
  | 'data'
  | 'starts'
  | 'summary'
  | 'working'
  | 'done'
  | 'failed'
  | 'remove'
  | 'removed'
  | 'cancelled';

export interface Shown {
  readonly page: PageName;
  readonly language: Language;
  /** Known to whoever was shown the first page; every form sends it back. */
  readonly key: string;
  readonly choices: Choices;
  readonly version: string;
  /** Installed before; null: nothing is. */
  readonly before: { readonly version: string } | null;
  readonly freeBytes: number | null;
  readonly step: SetupStep | null;
  readonly files: { readonly done: number; readonly all: number } | null;
  /** What commands said that were not needed; null: its page does not answer yet. */
  readonly remarks: readonly (string | null)[];
  readonly refusal: Refusal | null;
  readonly dataRemoved: boolean;
}

const order: readonly PageName[] = ['language', 'about', 'data', 'starts', 'summary'];
const names: Record<Language, string> = { en: 'English', zh: '中文', ru: 'Русский' };

export function pageHtml(shown: Shown): string {
  const { page, language, key } = shown;
  const t = (said: Said, values: Values = {}): string => escape(say(language, said, values));
  const role = say(language, `role.${shown.choices.role}`);
  const title = t('title', { role });
  const at = order.indexOf(page);
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-Hans' : language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
${page === 'working' ? '<meta http-equiv="refresh" content="1">' : ''}
<title>${title}</title>
<style>${style}</style>
<main>
<h1>${title}</h1>
${at === -1 ? '' : `<ol class="track" aria-hidden="true">${order.map((_, i) => `<li class="${i <= at ? 'reached' : ''}"></li>`).join('')}</ol>`}
<form method="post" action="/?key=${encodeURIComponent(key)}" autocomplete="off">
<input type="hidden" name="page" value="${page}">
${shown.refusal === null ? '' : `<p class="refusal" role="alert">${escape(refusalText(language, shown.refusal))}</p>`}
${bodies[page](shown, t)}
</form>
</main>
</html>
`;
}

type Text = (said: Said, values?: Values) => string;

const button = (name: string, words: string, look = ''): string =>
  `<button name="go" value="${name}" class="${look}">${words}</button>`;

/** The first button of a form is the one that Enter presses: it stands first and is shown last. */
const buttons = (t: Text, next: string, { back = true, cancel = true } = {}): string =>
  `<div class="buttons">${next}${back ? button('back', t('back')) : ''}${cancel ? button('cancel', t('cancel'), 'far') : ''}</div>`;

const facts = (of: readonly (readonly [string, string])[]): string =>
  `<dl>${of.map(([name, value]) => `<dt>${name}</dt><dd>${escape(value)}</dd>`).join('')}</dl>`;

const script = (): string => (process.platform === 'win32' ? 'start.cmd' : './start.sh');

function whatHappens(t: Text, before: Shown['before'], version: string): string {
  if (before === null) return t('version', { version });
  return before.version === version
    ? t('repair', { version })
    : t('upgrade', { before: before.version, version });
}

const bodies: Readonly<Record<PageName, (shown: Shown, t: Text) => string>> = {
  language: ({ language }, t) => `<fieldset><legend>${t('language')}</legend>
${languages.map((one) => `<label><input type="radio" name="language" value="${one}"${one === language ? ' checked' : ''}> ${names[one]}</label>`).join('\n')}
</fieldset>${buttons(t, button('next', t('next'), 'primary'), { back: false })}`,
  about: ({ choices, version, before }, t) => `<p>${t(`about.${choices.role}`)}</p>
<p><strong>${whatHappens(t, before, version)}</strong></p>
<p>${t('needs')}</p>
${buttons(t, button('next', t('next'), 'primary'))}
${before === null ? '' : `<p>${button('remove', t('remove'), 'link')}</p>`}`,
  data: ({ choices, before, freeBytes, language }, t) => `<label>${t('data')}
<input name="data" maxlength="500" value="${escape(choices.data)}"${before === null ? '' : ' readonly'}>
<small>${before === null ? t('dataHint', { free: bytes(freeBytes, language) }) : t('dataKept')}</small></label>
<label>${t('port')}
<input name="port" inputmode="numeric" maxlength="5" value="${choices.port}">
<small>${t('portHint')}</small></label>
${buttons(t, button('next', t('next'), 'primary'))}`,
  starts: (
    { choices },
    t,
  ) => `<label class="check"><input type="checkbox" name="starts"${choices.starts ? ' checked' : ''}> ${t('starts')}</label>
<p><small>${t('startsOff', { script: script() })}</small></p>
${buttons(t, button('next', t('next'), 'primary'))}`,
  summary: ({ choices, version, before }, t) => `<h2>${t('summary')}</h2>
<p>${whatHappens(t, before, version)}</p>
${facts([
  [t('folder'), choices.into],
  [t('data'), choices.data],
  [t('port'), String(choices.port)],
  [t('starts'), choices.starts ? '✓' : '–'],
])}
${buttons(t, button('install', t('install'), 'primary'))}`,
  working: ({ step, files }, t) => `<h2>${t('working')}</h2>
<ul class="steps" role="status">${setupSteps
    .map((one) => {
      const state = step === null ? 1 : setupSteps.indexOf(one) - setupSteps.indexOf(step);
      const how = one === 'laying' && state === 0 && files ? ` <small>${t('files', files)}</small>` : '';
      return `<li class="${state < 0 ? 'past' : state === 0 ? 'now' : ''}">${state < 0 ? '✓' : state === 0 ? '●' : '○'} ${t(`step.${one}`)}${how}</li>`;
    })
    .join('')}</ul>
${files ? `<progress max="${files.all}" value="${files.done}"></progress>` : ''}
${step === 'laying' || step === null ? buttons(t, '', { back: false }) : ''}`,
  done: ({ choices, version, remarks }, t) => `<h2>✓ ${t('done', { version })}</h2>
${remarks.map((said) => `<p class="remark">${said === null ? t('silent') : t('remark', { said })}</p>`).join('')}
<h2>${t('doneNext')}</h2>
${
  choices.starts
    ? `<p><a class="primary" href="${pageOf(choices.port)}" target="_blank" rel="noreferrer">${t('doneOpen')}</a></p>`
    : `<p>${t('doneStart', { script: script(), page: pageOf(choices.port) })}</p>`
}
<p>${t('doneKeep')}</p>
${buttons(t, button('finish', t('finish')), { back: false, cancel: false })}`,
  failed: (_, t) => `<p>${t('failed')}</p>
${buttons(t, button('finish', t('finish')), { cancel: false })}`,
  remove: ({ choices }, t) => `<h2>${t('removeTitle')}</h2>
<p>${t('removeText', { into: choices.into, data: choices.data })}</p>
<label class="check"><input type="checkbox" name="removeData"> ${t('removeData')}</label>
<label>${t('removeProof', { word: choices.role })}<input name="proof" maxlength="40"></label>
${buttons(t, button('removeNow', t('removeSubmit'), 'danger'))}`,
  removed: ({ choices, dataRemoved }, t) => `<h2>${t('removed')}</h2>
<p>${t(dataRemoved ? 'removedAll' : 'removedData', { data: choices.data })}</p>
${buttons(t, button('finish', t('finish')), { back: false, cancel: false })}`,
  cancelled: (_, t) => `<h2>${t('cancelled')}</h2><p>${t('closed')}</p>`,
};

function refusalText(language: Language, { type, ...values }: Refusal): string {
  const key = `refusal.${type}`;
  return hasText(key) ? say(language, key, values) : `${type} ${JSON.stringify(values)}`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escape(text: string): string {
  return text.replaceAll(/[&<>"]/g, (one) => entities[one] as string);
}

const style = `
body { margin: 0; background: #eef1f5; color: #1a2230; font: 1rem/1.5 system-ui, "Noto Sans", "Noto Sans SC", "Microsoft YaHei", sans-serif }
main { max-width: 40rem; margin: 3rem auto; background: #fff; border: 1px solid #d5dce5; border-radius: 8px; padding: 1.5rem 2rem 2rem }
h1 { font-size: 1.35rem; margin: 0 0 1rem }
h2 { font-size: 1.1rem; margin: 1rem 0 .5rem }
.track { display: flex; gap: .35rem; list-style: none; margin: 0 0 1.25rem; padding: 0 }
.track li { flex: 1; height: 4px; border-radius: 2px; background: #d5dce5 }
.track .reached { background: #1d5a9e }
fieldset { border: 0; padding: 0; margin: 0 }
legend { font-weight: 600; margin-bottom: .5rem }
label { display: block; margin: .75rem 0; font-weight: 600 }
fieldset label, .check { font-weight: 400 }
small { display: block; font-weight: 400; color: #4d5a6b }
.steps small { display: inline }
input:not([type=radio], [type=checkbox]) { display: block; box-sizing: border-box; width: 100%; font: inherit; padding: .45rem .6rem; border: 1px solid #8a97a8; border-radius: 5px; margin: .25rem 0 }
input[readonly] { background: #eef1f5 }
.buttons { display: flex; flex-direction: row-reverse; gap: .6rem; margin-top: 1.75rem }
button, a.primary { font: inherit; padding: .45rem 1.1rem; border: 1px solid #8a97a8; border-radius: 5px; background: #fff; color: inherit; cursor: pointer; text-decoration: none; display: inline-block }
.primary, a.primary { background: #1d5a9e; border-color: #1d5a9e; color: #fff }
.danger { background: #b3261e; border-color: #b3261e; color: #fff }
.far { margin-right: auto }
.link { border: 0; padding: 0; color: #1d5a9e; text-decoration: underline; background: none }
.refusal { background: #fdecea; border: 1px solid #b3261e; border-radius: 5px; padding: .6rem .8rem }
.remark { background: #fff6e5; border: 1px solid #9a6200; border-radius: 5px; padding: .6rem .8rem; overflow-wrap: anywhere }
.steps { list-style: none; padding: 0 }
.steps .past { color: #146c2e }
.steps .now { font-weight: 600 }
dt { font-weight: 600; margin-top: .5rem }
dd { margin: 0; overflow-wrap: anywhere }
progress { width: 100% }
:focus-visible { outline: 3px solid #1d5a9e; outline-offset: 2px }
`;
