import { implement } from '@orpc/server';
import { ok } from '../../base/result.ts';
import type { OperationContext } from '../../node/operations.ts';
import { unwrap } from '../../node/refused.ts';
import type { Centre } from '../centre.ts';
import { dossierContract, type DossierView } from './contract.ts';
import { dossierParcel, withDossier, type MadeDossier } from './make-dossier.ts';
import { printDossier } from './print-dossier.ts';
import { withRoomEvidence } from './room-evidence.ts';

/** A sitting has some hundreds; what goes beyond this is for the parcel. */
const mostLines = 10_000;

export function dossierOperations(centre: Centre) {
  const os = implement(dossierContract).$context<OperationContext>();
  return os.router({
    get: os.get.handler(async ({ input, context }) =>
      unwrap(
        await withDossier(centre, input, { form: 'page', by: context.account }, (made) =>
          Promise.resolve(ok(viewOf(made))),
        ),
      ),
    ),
    pdf: os.pdf.handler(async ({ input, context }) =>
      unwrap(
        await withDossier(centre, input, { form: 'pdf', by: context.account }, async (made) => {
          const printed = await printDossier(centre, made, input.language);
          return ok(await context.files.offer(printed.fileName, printed.content, context.account));
        }),
      ),
    ),
    parcel: os.parcel.handler(async ({ input, context }) =>
      unwrap(
        await withDossier(centre, input, { form: 'parcel', by: context.account }, async (made) => {
          const parcel = await dossierParcel(centre, made);
          if (!parcel.ok) return parcel;
          const { file, fileName } = parcel.value;
          return ok(await context.files.offer(fileName, { file }, context.account));
        }),
      ),
    ),
    room: os.room.handler(async ({ input, context }) =>
      unwrap(
        await withRoomEvidence(centre, input, context.account, ({ file, fileName }) =>
          context.files.offer(fileName, { file }, context.account),
        ),
      ),
    ),
  });
}

function viewOf({ dossier, lines, seatNumber }: MadeDossier): DossierView {
  const { results, chains: _, ...rest } = dossier;
  return {
    dossier: {
      ...rest,
      results: results.map(({ receipt, held, ...result }) => ({
        ...result,
        receipt: receipt !== null,
        proved: held !== null,
      })),
    },
    seatNumber,
    lines: lines.slice(0, mostLines).map(({ hash: __, ...line }) => ({ ...line, data: { ...line.data } })),
  };
}
