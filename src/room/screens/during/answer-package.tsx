/** 导入作答包 and 单机收卷: choose the file, see whose it is, confirm, read what became of it. */
import { useState, type ReactNode } from 'react';
import { Alert, Button } from 'antd';
import { ActButton } from '../../../ui/act-button.tsx';
import { CodeFigures } from '../../../ui/code-figures.tsx';
import { DialogButton } from '../../../ui/dialog.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { FileDrop } from '../../../ui/file-drop.tsx';
import { dateTime } from '../../../ui/format.ts';
import { gateText } from '../../../ui/gate-button.tsx';
import type { GateView } from '../../../node/contract.ts';
import { useText, type Text } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import type { AnswerPackageView, TakenPackage } from '../../answer-package/contract.ts';
import type { RoomClient } from '../room-console.tsx';
import type { SessionProps } from './session-page.tsx';

/** For the whole session: whoever the file belongs to. */
export function ImportPackage({ room, board }: Pick<SessionProps, 'room' | 'board'>): ReactNode {
  const t = useText();
  return (
    <PackageDialog
      room={room}
      purpose="import"
      label={t('answerPackage.import')}
      gate={board.toolbar.answerPackage}
      sittingId={null}
    />
  );
}

export function SingleCollection({ room, board }: Pick<SessionProps, 'room' | 'board'>): ReactNode {
  const t = useText();
  return (
    <PackageDialog
      room={room}
      purpose="collect"
      label={t('answerPackage.collect')}
      gate={board.toolbar.singleCollection}
      sittingId={null}
    />
  );
}

interface DialogProps {
  room: RoomClient;
  purpose: 'import' | 'collect';
  label: string;
  gate?: GateView;
  /** For this candidate alone; null: for whoever it belongs to. */
  sittingId: string | null;
  small?: boolean;
}

export function PackageDialog({ label, gate, small = false, ...about }: DialogProps): ReactNode {
  const t = useText();
  return (
    <DialogButton
      label={label}
      {...(about.purpose === 'import' ? { title: t('answerPackage.importTitle') } : {})}
      {...(gate ? { gate } : {})}
      {...(small ? { size: 'small' as const } : {})}
      width={620}
    >
      {(close) => <TakePackage {...about} close={close} />}
    </DialogButton>
  );
}

type TakeProps = Omit<DialogProps, 'label' | 'gate' | 'small'> & { close: () => void };

function TakePackage({ room, purpose, sittingId, close }: TakeProps): ReactNode {
  const t = useText();
  const [found, setFound] = useState<{ uploadId: string; view: AnswerPackageView } | null>(null);
  const [taken, setTaken] = useState<TakenPackage | null>(null);
  if (taken) return <Taken taken={taken} close={close} />;
  if (found) {
    const { uploadId, view } = found;
    const collect = purpose === 'collect';
    const asked = { uploadId, sittingId: view.sittingId };
    return (
      <div className="stack">
        <PackageFacts view={view} />
        <Warnings view={view} />
        {collect && <HandIn view={view} />}
        <div className="row-end">
          <Button onClick={close}>{t('cancel')}</Button>
          <ActButton
            type="primary"
            danger={collect}
            gate={collect ? view.singleCollection : { allowed: true }}
            act={async () =>
              setTaken(
                collect ? await room.answerPackage.collect(asked) : await room.answerPackage.import(asked),
              )
            }
          >
            {collect ? t('answerPackage.collectNow', { name: view.name }) : t('answerPackage.importNow')}
          </ActButton>
        </div>
      </div>
    );
  }
  return (
    <div className="stack">
      <p>{t(purpose === 'collect' ? 'answerPackage.collectText' : 'answerPackage.importText')}</p>
      <HowToExport room={room} />
      <FileDrop
        hint={t('answerPackage.hint')}
        onFile={async (uploadId) =>
          setFound({ uploadId, view: await room.answerPackage.inspect({ uploadId, sittingId }) })
        }
      />
    </div>
  );
}

/** What to do at the seat, with the code that is asked for there. */
function HowToExport({ room }: Pick<TakeProps, 'room'>): ReactNode {
  const t = useText();
  const code = useLoaded('seat-code', () => room.answerPackage.seatCode());
  return (
    <>
      <p className="soft">{t('answerPackage.atSeat')}</p>
      <div className="row">
        <span className="soft">{t('answerPackage.seatCode')}</span>
        {code.value && <CodeFigures value={code.value.seatCode} large />}
      </div>
    </>
  );
}

function PackageFacts({ view }: { view: AnswerPackageView }): ReactNode {
  const t = useText();
  const { admissionNumber, name, seatNumber, computer, madeAt, files, newFiles, changes, newChanges } = view;
  return (
    <Facts
      of={[
        [t('column.name'), name],
        [t('column.admissionNumber'), admissionNumber],
        [t('column.seat'), `${seatNumber ?? '–'} (${computer})`],
        [t('answerPackage.madeAt'), dateTime(madeAt)],
        [t('answerPackage.changes'), t('answerPackage.changesOf', { changes, newChanges })],
        [t('answerPackage.files'), files === 0 ? t('none') : t('answerPackage.filesOf', { files, newFiles })],
      ]}
    />
  );
}

/** What the hand-in means, or why it is not possible and what to do instead. */
function HandIn({ view }: { view: AnswerPackageView }): ReactNode {
  const t = useText();
  const why = gateText(t, view.singleCollection);
  return why === null ? (
    <p>{t('answerPackage.handInText', { name: view.name })}</p>
  ) : (
    <Alert type="error" showIcon role="alert" title={why} />
  );
}

function Warnings({ view }: { view: AnswerPackageView }): ReactNode {
  const t = useText();
  return warningsOf(t, view).map((text) => <Alert key={text} type="warning" showIcon title={text} />);
}

function warningsOf(t: Text, { over, lacking, differing }: AnswerPackageView): string[] {
  return [
    ...(differing > 0 ? [t('answerPackage.differing', { count: differing })] : []),
    ...(lacking.length > 0 ? [t('answerPackage.lacking', { files: lacking.join(', ') })] : []),
    ...(over ? [] : [t('answerPackage.goesOn')]),
  ];
}

function Taken({ taken, close }: { taken: TakenPackage; close: () => void }): ReactNode {
  const t = useText();
  const { name, receipt, nothingNew, newChanges, seatNumber, collected } = taken;
  const about = { name, seat: seatNumber ?? '–' };
  const brought = nothingNew
    ? t('answerPackage.nothingNew', about)
    : t('answerPackage.imported', { ...about, count: newChanges });
  return (
    <div className="stack" role="status">
      {receipt === null ? (
        <Alert
          type={nothingNew ? 'info' : 'success'}
          showIcon
          title={brought}
          description={collected ? t('answerPackage.complete') : null}
        />
      ) : (
        <Alert
          type="success"
          showIcon
          title={t('answerPackage.collected', { name, receipt })}
          description={brought}
        />
      )}
      {receipt === null && <Warnings view={taken} />}
      <div className="row-end">
        <Button type="primary" onClick={close}>
          {t('close')}
        </Button>
      </div>
    </div>
  );
}
