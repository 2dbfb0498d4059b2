import type { ReactNode } from 'react';
import type { GateView } from '../../../node/contract.ts';
import { DialogButton } from '../../../ui/dialog.tsx';
import { clockTime } from '../../../ui/format.ts';
import { Listing } from '../../../ui/listing.tsx';
import { Photo } from '../../../ui/photo.tsx';
import { logDetails, logKind } from '../../../ui/log-words.ts';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import type { ChosenProps } from './chosen.tsx';

/** Every entry that the journal holds of one candidate, except what was answered. */
export function LogDialog({ room, chosen, gate }: ChosenProps & { gate: GateView }): ReactNode {
  const t = useText();
  const [candidate] = chosen;
  return (
    <DialogButton
      label={t('room.log')}
      title={candidate ? t('room.logOf', { name: candidate.name, number: candidate.admissionNumber }) : ''}
      gate={gate}
      width={860}
    >
      {() =>
        candidate && (
          <>
            <Photo
              id={candidate.sittingId}
              name={candidate.name}
              load={() => room.sitting.photo({ sittingId: candidate.sittingId })}
            />
            <Log load={() => room.sitting.log({ sittingId: candidate.sittingId })} />
          </>
        )
      }
    </DialogButton>
  );
}

type LogLine = Awaited<ReturnType<ChosenProps['room']['sitting']['log']>>[number];

function Log({ load }: { load: () => Promise<LogLine[]> }): ReactNode {
  const t = useText();
  const log = useLoaded('log', load);
  return (
    <Listing
      rows={log.value ?? []}
      pageSize={15}
      rowKey={(line) => `${line.origin} ${line.seq}`}
      columns={({ column, figures }) => [
        column(t('log.at'), (line) => clockTime(line.at)),
        column(t('log.what'), (line) => logKind(t, line.kind)),
        column(t('log.details'), (line) => logDetails(t, line.data)),
        column(t('log.by'), (line) => (typeof line.data['by'] === 'string' ? line.data['by'] : '')),
        figures(t('log.seq'), (line) => line.seq),
      ]}
    />
  );
}
