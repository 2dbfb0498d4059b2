/** The print protocol: what people sign, of what the journal says. */
import { ok, refuse, type Result } from '../../base/result.ts';
import {
  paragraph,
  space,
  stack,
  table,
  beside,
  type Block,
  type Column,
} from '../../node/printed-sheet/blocks.ts';
import { Flow } from '../../node/printed-sheet/flow.ts';
import { contentWidth, SheetDocument } from '../../node/printed-sheet/sheet-document.ts';
import { sheetText, zonesOf, type SheetText } from '../../node/printed-sheet/sheet-text.ts';
import type { PrintFates } from '../../exam/paper-day/parcels.ts';
import { dateTime } from '../../ui/format.ts';
import type { Station } from '../station.ts';
import type { PrintDesk } from './desk.ts';
import { endOf, wantedHere } from './end.ts';
import { roomHere } from './print-settings.ts';

/** Refusal: `printing-not-finished`. */
export async function printProtocol(
  station: Station,
  desk: PrintDesk,
  language: 'en' | 'zh' | 'ru',
): Promise<Result<Uint8Array>> {
  const [end, finished, materials, settings, admission] = [
    endOf(desk),
    desk.book.finished(),
    station.materials(),
    station.settings(),
    station.admission(),
  ];
  if (!end || !finished || !materials || !settings || !admission)
    return refuse({ type: 'printing-not-finished' });
  const text = sheetText(language);
  const { event } = materials;
  const title = text('stationPrint.protocol');
  const document = await SheetDocument.open({
    text,
    title,
    at: finished.at,
    readPhoto: () => Promise.resolve(null),
  });
  const { lettering } = document;
  const foot = [event.code, admission.siteCode, roomHere(station) ?? '–', `№ ${settings.number}`].join(' · ');
  const flow = new Flow(document, { foot });
  const line = (words: string, size = 10): Block => paragraph(lettering, words, contentWidth, { size });
  const heading = (words: string): Block =>
    stack(space(12), paragraph(lettering, words, contentWidth, { size: 12, weight: 'bold' }), space(4));
  const fact = (name: string, value: string): Block =>
    beside(
      { x: 0, block: paragraph(lettering, name, 150, { size: 9.5, ink: 'grey' }) },
      { x: 156, block: paragraph(lettering, value, contentWidth - 156, { size: 10.5 }) },
    );
  const mock = admission.project.mode === 'mock' ? ` · ${text('mode.mock')}` : '';
  flow.add(
    stack(
      paragraph(lettering, `${title}${mock}`, contentWidth, { size: 16, weight: 'bold' }),
      space(8),
      fact(text('dossier.project'), admission.project.name),
      fact(text('sheet.site'), `${admission.siteCode} · ${admission.siteName}`),
      fact(text('sheet.room'), roomHere(station) ?? text('stationPrint.reserveStation')),
      fact(text('stationPrint.stationNumber'), settings.number),
      fact(text('stationPrint.subject'), `${event.subjectName} · ${event.name}`),
      fact(text('stationPrint.date'), event.date),
      fact(text('stationPrint.finishedAt'), dateTime(finished.at)),
      fact(text('stationPrint.token'), end.token ?? '–'),
    ),
  );
  flow.add(heading(text('stationPrint.counts')));
  const of = (fate: string): number => end.fates.kits.filter((kit) => kit.fate === fate).length;
  for (const [name, count] of [
    [text('stationPrint.wanted'), wantedHere(station)],
    [text('stationPrint.printed'), of('good') + of('spoiled')],
    [text('stationPrint.good'), of('good')],
    [text('stationPrint.spoiled'), of('spoiled')],
    [text('stationPrint.unused'), of('unused')],
    [text('stationPrint.additionalPrinted'), end.fates.additional.length],
  ] as const)
    flow.add(fact(name, String(count)));
  const reason = String(finished.data['reason'] ?? '');
  if (reason !== '') flow.add(stack(space(4), fact(text('stationPrint.shortBecause'), reason)));
  spoiledTable(document, flow, end.fates, text);
  flow.add(stack(space(8), line(text('sheet.zone', { zone: zonesOf([finished.at]) }), 8.5)));
  const signature = (who: string): Block =>
    stack(
      space(26),
      { height: 1, draw: (page, x, y) => page.rule(x, y, contentWidth, { ink: 'black' }) },
      line(who, 8.5),
    );
  flow.add(
    stack(
      signature(text('stationPrint.signOrganiser')),
      signature(text('stationPrint.signTechnician')),
      signature(text('stationPrint.signMember')),
    ),
  );
  return ok(await document.save());
}

function spoiledTable(document: SheetDocument, flow: Flow, { kits }: PrintFates, text: SheetText): void {
  const spoiled = kits.filter(({ fate }) => fate === 'spoiled');
  if (spoiled.length === 0) return;
  const by = new Map(kits.flatMap(({ kit, replaces }) => (replaces === null ? [] : [[replaces, kit]])));
  const columns: readonly Column<(typeof spoiled)[number]>[] = [
    { title: text('stationPrint.kit'), width: 90, weight: 'bold', cell: ({ kit }) => kit },
    { title: text('stationPrint.copy'), width: 50, align: 'right', cell: ({ copy }) => String(copy) },
    {
      title: text('stationPrint.reason'),
      width: contentWidth - 240,
      cell: ({ reason }) => reason ?? '',
    },
    { title: text('stationPrint.replacedBy'), width: 100, cell: ({ kit }) => by.get(kit) ?? '–' },
  ];
  flow.add(
    stack(
      space(12),
      paragraph(document.lettering, text('stationPrint.spoiledKits'), contentWidth, {
        size: 12,
        weight: 'bold',
      }),
      space(4),
    ),
  );
  flow.table(table(document.lettering, columns, spoiled, { size: 9.5, padding: 3 }));
}
