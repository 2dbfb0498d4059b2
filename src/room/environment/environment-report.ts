/** The report of the environment check: one HTML file that opens anywhere without any network and prints on A4. */
import type { Refusal } from '../../base/result.ts';
import type { EnvironmentVerdict } from '../../exam/environment/judge.ts';
import { dateTime, fillText } from '../../ui/format.ts';
import { environment as en } from '../../ui/strings/en/environment.ts';
import { environment as ru } from '../../ui/strings/ru/environment.ts';
import { environment as zh } from '../../ui/strings/zh/environment.ts';
import { roomCodeOf, type Room } from '../room.ts';
import type { EnvironmentRow } from './contract.ts';
import { environmentView } from './environment-view.ts';

const texts = { en, zh, ru };
type Key = keyof typeof en;
type Values = Readonly<Record<string, unknown>>;

const marks: Readonly<Record<EnvironmentRow['state'], string>> = {
  passed: '✓',
  warning: '▲',
  failed: '✕',
  'not-reached': '✕',
  waiting: '●',
  checking: '●',
  unchecked: '○',
};

export function environmentReport(room: Room, language: keyof typeof texts): string {
  const t = (key: Key, values: Values = {}): string =>
    escape(fillText(texts[language][key], values, language));
  const refusal = (one: Refusal | undefined): string =>
    one === undefined ? '' : t(`refusal.${one.type}` as Key, one);
  const { checks, counts, requirements, rows, run } = environmentView(room);
  const content = room.state.package;

  const step = ({ id, state, values }: EnvironmentVerdict): string =>
    `<span class="${state}">${marks[state]} ${t(`environment.check.${id}`)}${values === null ? '' : ` ${t(`environment.value.${id}`, values)}`}</span>`;
  const seat = ({ seatId, number, computer, state, at }: EnvironmentRow): string => {
    const verdicts = room.environment.verdictsOf(seatId);
    const problems = verdicts
      .filter((one) => one.state !== 'passed')
      .map(
        (one) =>
          `<li class="${one.state}">${marks[one.state]} ${t(`environment.check.${one.id}`)}: ${refusal(one.reason)} <i>${refusal(one.remedy)}</i></li>`,
      );
    return `<tr><td class="n">${number ?? '–'}</td><td>${escape(computer)}</td><td class="word ${state}">${marks[state]} ${t(`environment.state.${state}`)}</td><td class="n">${dateTime(at)}</td>
<td>${problems.length > 0 ? `<ul>${problems.join('')}</ul>` : ''}<p class="steps">${verdicts.map(step).join(' ')}</p></td></tr>`;
  };
  const title = t('environment.report.title');
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><title>${title}</title><style>
body{font:13px system-ui,"Noto Sans SC",sans-serif;max-width:277mm;margin:10mm auto;padding:0 8px;color:#1c232b}h1{font-size:20px;margin:0 0 4px}table{border-collapse:collapse;width:100%}
td,th{border:1px solid #bbb;padding:4px 8px;text-align:left;vertical-align:top;overflow-wrap:anywhere}tr{break-inside:avoid}thead{display:table-header-group}.word{overflow-wrap:normal;min-width:22mm}.n{font-variant-numeric:tabular-nums;white-space:nowrap}
ul{margin:0 0 4px;padding-left:0;list-style:none}.steps{margin:0;font-size:11px}.steps span{margin-right:8px;display:inline-block}.passed{color:#1a6b35}.warning{color:#8a5300}.failed,.not-reached{color:#a3181c}
.facts{display:flex;gap:24px;flex-wrap:wrap;margin:8px 0}.facts b{font-size:16px}@page{size:A4 landscape;margin:10mm}
</style><h1>${title}</h1>
<p>${escape([roomCodeOf(room), content?.room.name, content?.project.name].filter(Boolean).join(' · '))}</p>
<p>${t('environment.lastAt')}: ${dateTime(run?.startedAt)} · ${t('environment.report.made')}: ${dateTime(room.node.clock.now())}</p>
<p class="facts"><span>${t('environment.lastSeats')}: <b>${counts.seats}</b></span><span class="passed">✓ ${t('environment.count.passed')}: <b>${counts.passed}</b></span><span class="failed">✕ ${t('environment.count.failed')}: <b>${counts.failed}</b></span><span class="not-reached">✕ ${t('environment.count.not-reached')}: <b>${counts.notReached}</b></span><span>○ ${t('environment.count.open')}: <b>${counts.unchecked + counts.underWay}</b></span></p>
<p><b>${t('environment.requirements')}.</b> ${checks.map((id) => `${t(`environment.check.${id}`)}: ${t(`environment.need.${id}`, requirements)}`).join(' · ')}</p>
<table><thead><tr><th>№</th><th class="word">${t('environment.report.computer')}</th><th class="word">${t('environment.counts')}</th><th>${t('environment.checkedAt')}</th><th>${t('environment.steps')}</th></tr></thead>
${rows.map(seat).join('\n')}</table><p>${t('environment.report.notice')}</p></html>`;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
