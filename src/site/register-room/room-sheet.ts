/** The sheet that goes to the rooms (考点信息表): addresses, registration codes, counts and number ranges. Opens anywhere, prints on A4. */
import { registrationText } from '../../exam/room-registration/registration-text.ts';
import { packageOf, roomRows, type Site } from '../site.ts';
import { squareCode } from './square-code.ts';

const texts = {
  en: {
    title: 'Rooms and registration codes',
    site: 'Site',
    address: 'Address of the site',
    room: 'Room',
    code: 'Registration code',
    used: 'registered',
    people: 'Candidates',
    range: 'Numbers',
    published: 'Published',
    made: 'Exported',
    scan: 'Read it at the room: Settings',
  },
  zh: {
    title: '考点信息表',
    site: '考点代码',
    address: '考点机IP',
    room: '考场代码',
    code: '考场注册码',
    used: '已注册',
    people: '考场人数',
    range: '准考证范围',
    published: '考试数据包发布时间',
    made: '考点信息导出时间',
    scan: '在考场管理机“设置”中扫描',
  },
  ru: {
    title: 'Аудитории и коды регистрации',
    site: 'ППЭ',
    address: 'Адрес ППЭ',
    room: 'Аудитория',
    code: 'Код регистрации',
    used: 'зарегистрирована',
    people: 'Участники',
    range: 'Номера',
    published: 'Опубликовано',
    made: 'Выгружено',
    scan: 'Считайте в аудитории: «Настройки»',
  },
} as const;

export async function roomSheet(
  site: Site,
  language: keyof typeof texts,
  addresses: readonly string[],
): Promise<string> {
  const t = texts[language];
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const rooms: string[] = [];
  for (const room of roomRows(site)) {
    const content = packageOf(site, room);
    const { code: roomCode, registration_code: registrationCode } = room;
    // A room that is registered has no code any more: nothing is left to read.
    const square =
      registrationCode === null || addresses.length === 0
        ? ''
        : `<figure>${await squareCode(registrationText({ roomCode, registrationCode, addresses }))}<figcaption>${t.scan}</figcaption></figure>`;
    const sessions = content.sessions.map(
      (session) =>
        `<tr><td>[${session.number}] ${escape(session.name)}</td><td>${session.candidates.length}</td><td class="n">${escape(session.candidates[0]?.admissionNumber ?? '')} – ${escape(session.candidates.at(-1)?.admissionNumber ?? '')}</td></tr>`,
    );
    rooms.push(`<section>${square}<h2>${t.room} ${escape(room.code)} · ${escape(room.name)}</h2><p class="code">${t.address}: <b>${escape(addresses.join(' · '))}</b></p><p class="code">${t.code}: <b>${escape(room.registration_code ?? t.used)}</b></p>
<table><tr><th></th><th>${t.people}</th><th>${t.range}</th></tr>${sessions.join('')}</table><p>${t.published}: ${format.format(content.publication.at)}</p></section>`);
  }
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><title>${t.title}</title><style>
body{font:14px system-ui,"Noto Sans SC",sans-serif;max-width:180mm;margin:10mm auto}section{break-inside:avoid;overflow:hidden;border:1px solid #888;padding:8px 14px;margin:10px 0}
h2{font-size:16px;margin:4px 0}.code{font-size:18px}.code b,.n{font-family:ui-monospace,monospace;letter-spacing:.06em}table{border-collapse:collapse;width:100%}td,th{border:1px solid #ccc;padding:4px 8px;text-align:left}
figure{float:right;width:38mm;margin:0 0 4px 12px;text-align:center;font-size:11px}figure svg{display:block;width:100%}
</style><h1>${t.title}</h1><p>${t.site}: ${escape(site.setup()?.siteCode ?? '')} · ${t.made}: ${format.format(site.node.clock.now())}</p>${rooms.join('\n')}</html>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
