/** Step 2: every room gets its code and registers with it. */
import { useState, type ReactNode } from 'react';
import { Input } from 'antd';
import { CodeFigures } from '../../../ui/code-figures.tsx';
import { ConfirmWithProof } from '../../../ui/confirm-with-proof.tsx';
import { DialogButton } from '../../../ui/dialog.tsx';
import { DownloadButton } from '../../../ui/download-button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { dateTime } from '../../../ui/format.ts';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { GateButton, screenGate } from '../../../ui/gate-button.tsx';
import { Listing } from '../../../ui/listing.tsx';
import { NextStep, NowLine, isDone } from '../../../ui/now-line.tsx';
import { useSession } from '../../../ui/session.ts';
import { CheckStateMark, Mark, checkMarks } from '../../../ui/state-mark.tsx';
import { SealCheckList } from '../../../ui/seal-check-list.tsx';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import type { SiteRoom } from '../../contract.ts';
import type { SiteClient } from '../site-console.tsx';
import type { StepProps } from './before-page.tsx';
import { RestoreRegistrations } from './restore-registrations.tsx';

export function RoomsStep({ site, overview, round, onChoose }: StepProps): ReactNode {
  const t = useText();
  const { frame } = useSession();
  const rooms = useLoaded(`rooms ${round}`, () => site.room.list());
  const kdinfo = useLoaded(`kdinfo ${round}`, () => site.room.registrations());
  const list = rooms.value ?? [];
  const registered = list.filter((room) => room.registeredAt !== null).length;
  const done = isDone(overview.steps, 'rooms');
  if (overview.exam === null) return <EmptyState title={t('site.noRooms')} todo={t('site.noRoomsTodo')} />;
  return (
    <>
      <NowLine
        action={
          <>
            <DownloadButton
              {...(done ? {} : { type: 'primary' as const })}
              make={() => site.room.exportSheet({ language: t.language })}
            >
              {t('site.exportSheet')}
            </DownloadButton>
            <DownloadButton
              gate={screenGate(registered > 0, 'register-the-room-first')}
              make={async () => {
                const made = await site.room.exportRegistrations();
                kdinfo.reload();
                return made;
              }}
            >
              {t('site.exportRegistrations')}
            </DownloadButton>
            <RestoreRegistrations site={site} reload={rooms.reload} />
            {done && <NextStep steps={overview.steps} step="rooms" onChoose={onChoose} />}
          </>
        }
      >
        {done
          ? t('site.now.roomsDone', { count: registered })
          : t('site.now.rooms', { registered, open: list.length - registered })}
      </NowLine>
      <div className="row">
        <span className="soft">{t('site.ownAddress')}</span>
        {(frame?.addresses ?? []).map((address) => (
          <strong key={address} className="address">
            {address}
          </strong>
        ))}
      </div>
      {kdinfo.value && kdinfo.value.since > 0 && (
        <p className="soft">
          <Mark
            {...checkMarks.warning}
            word={
              kdinfo.value.exportedAt === null
                ? t('site.registrationsNever')
                : t('site.registrationsSince', {
                    at: dateTime(kdinfo.value.exportedAt),
                    count: kdinfo.value.since,
                  })
            }
          />
        </p>
      )}
      <Listing
        rows={list}
        rowKey={(room) => room.roomCode}
        columns={({ column }) => [
          column(t('column.room'), (room) => (
            <>
              <strong>{room.roomCode}</strong> <span className="soft">{room.name}</span>
            </>
          )),
          column(t('site.registrationCode'), (room) =>
            room.registrationCode === null ? '–' : <CodeFigures value={room.registrationCode} />,
          ),
          column(t('site.registration'), (room) =>
            room.registeredAt === null ? (
              <Mark {...checkMarks.waiting} word={t('site.notRegistered')} />
            ) : (
              <Mark {...checkMarks.done} word={t('site.isRegistered')} />
            ),
          ),
          column(t('site.roomAddress'), (room) => room.address ?? '–'),
          column(t('step.seal-check'), (room) =>
            room.sealCheckPassed === null ? (
              <CheckStateMark state="waiting" word="check.notYet" />
            ) : (
              <CheckStateMark state={room.sealCheckPassed ? 'passed' : 'failed'} />
            ),
          ),
          column(t('column.note'), (room) => room.note),
          column(t('column.actions'), (room) => (
            <div className="row">
              <DownloadButton
                size="small"
                gate={screenGate(room.registeredAt !== null, 'register-the-room-first')}
                make={() => site.room.exportPackage({ roomCode: room.roomCode })}
              >
                {t('site.exportPackage')}
              </DownloadButton>
              <ViewRoom site={site} room={room} reload={rooms.reload} />
              <Withdraw site={site} room={room} reload={rooms.reload} />
            </div>
          )),
        ]}
      />
    </>
  );
}

interface RoomProps {
  site: SiteClient;
  room: SiteRoom;
  reload: () => void;
}

function ViewRoom({ site, room, reload }: RoomProps): ReactNode {
  const t = useText();
  const [note, setNote] = useState(room.note);
  return (
    <DialogButton
      size="small"
      label={t('site.viewRoom')}
      title={t('site.roomTitle', { code: room.roomCode, name: room.name })}
      width={720}
    >
      {(close) => (
        <div className="stack">
          <Listing
            rows={room.sessions}
            rowKey={(one) => one.sessionId}
            columns={({ column }) => [
              column(t('column.session'), (one) => one.number),
              column(t('column.candidates'), (one) => one.candidates),
              column(t('site.firstNumber'), (one) => <span className="nowrap">{one.firstNumber}</span>),
              column(t('site.lastNumber'), (one) => <span className="nowrap">{one.lastNumber}</span>),
            ]}
          />
          {room.sealCheckedAt !== null && (
            <SealCheckList
              check={{
                at: room.sealCheckedAt,
                checks: room.sealChecks,
                passed: room.sealCheckPassed === true,
              }}
            />
          )}
          <Form
            submit={t('save')}
            onCancel={close}
            onSubmit={async () => {
              await site.room.saveNote({ roomCode: room.roomCode, note });
              reload();
              close();
            }}
          >
            <Field label={t('column.note')}>
              <Input value={note} maxLength={400} onChange={(event) => setNote(event.target.value)} />
            </Field>
          </Form>
        </div>
      )}
    </DialogButton>
  );
}

function Withdraw({ site, room, reload }: RoomProps): ReactNode {
  const t = useText();
  const [open, setOpen] = useState(false);
  return (
    <>
      <GateButton
        size="small"
        danger
        gate={screenGate(room.registeredAt !== null, 'register-the-room-first')}
        onClick={() => setOpen(true)}
      >
        {t('site.withdraw')}
      </GateButton>
      <ConfirmWithProof
        open={open}
        danger
        title={t('site.withdraw')}
        confirm={t('site.withdraw')}
        proof={{ label: t('site.withdrawProof', { code: room.roomCode }), expected: room.roomCode }}
        onClose={() => setOpen(false)}
        onConfirm={async () => {
          await site.room.withdraw({ roomCode: room.roomCode });
          reload();
        }}
      >
        <p>{t('site.withdrawText', { code: room.roomCode })}</p>
      </ConfirmWithProof>
    </>
  );
}
