import { safeFileName } from '../../exam/answer/answer-files.ts';
import { dossierSheet } from '../../node/printed-sheet/dossier.ts';
import { sheetText, type SheetText } from '../../node/printed-sheet/sheet-text.ts';
import type { Centre } from '../centre.ts';
import type { MadeDossier } from './make-dossier.ts';

export async function printDossier(
  { blobs }: Pick<Centre, 'blobs'>,
  made: MadeDossier,
  language: SheetText['language'],
): Promise<{ fileName: string; content: Uint8Array }> {
  const { dossier } = made;
  return {
    fileName: safeFileName(`dossier_${dossier.session.number}_${dossier.candidate.admissionNumber}.pdf`),
    content: await dossierSheet(made, {
      text: sheetText(language),
      at: dossier.madeAt,
      readPhoto: (sha256) => blobs.read(sha256),
    }),
  };
}
