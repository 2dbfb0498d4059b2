/** What a site has to send yet, as a table in its language. */
import { ok, type Result } from '../../base/result.ts';
import type { Centre } from '../centre.ts';
import { wordsIn } from '../completeness/tables.ts';
import { xlsxOf, type Cell } from '../export/table-text.ts';
import { fillText } from '../../ui/format.ts';
import { protocolTexts, type Language } from './protocol-file.ts';
import { siteProtocols, type OfSite } from './site-protocols.ts';

/** @returns refusals of `siteProtocols`. */
export async function missingOfSite(
  centre: Pick<Centre, 'db' | 'node'>,
  of: OfSite & { readonly language: Language },
): Promise<Result<{ fileName: string; content: Uint8Array }>> {
  const site = await siteProtocols(centre, of);
  if (!site.ok) return site;
  const text = wordsIn(of.language);
  const rows = site.value.rooms.flatMap(({ room, missing: { sheets, kits } }): Cell[][] => [
    ...sheets.map(({ kit, kind, number, sides }) => [
      room,
      kit,
      text(`completeness.kind.${kind}`),
      number,
      sides.join(', '),
    ]),
    ...(kits === null
      ? []
      : [
          [
            room,
            kits.among.join(', '),
            fillText(protocolTexts[of.language]['protocols.kitsUnknown'], kits, of.language),
            '',
            '',
          ],
        ]),
  ]);
  const head = (['room', 'kit', 'sheet', 'number', 'sideNumber'] as const).map((one) =>
    text(`completeness.${one}`),
  );
  return ok({
    fileName: `missing_${of.siteCode.replaceAll(/[^\p{L}\p{N}_-]+/gu, '-')}.xlsx`,
    content: await xlsxOf(of.siteCode, [head, ...rows], [1, 2, 4]),
  });
}
