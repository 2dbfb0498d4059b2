/** Section «Access key»: it comes locked, the release opens its outer lock, and a stick carries it to the stations. */
import { useState, type ReactNode } from 'react';
import { Input } from 'antd';
import { ActButton } from '../../../ui/act-button.tsx';
import { DialogButton } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { dateTime } from '../../../ui/format.ts';
import { screenGate } from '../../../ui/gate-button.tsx';
import { Listing } from '../../../ui/listing.tsx';
import { NowLine } from '../../../ui/now-line.tsx';
import { RefusalAlert } from '../../../ui/refusal-text.tsx';
import { both } from '../../../ui/role-gate.ts';
import { Mark, ReachedMark, checkMarks } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import type { GateView } from '../../../node/contract.ts';
import type { PaperDayView } from '../../paper-day/contract.ts';
import type { PaperTabProps } from './paper-page.tsx';
import { stationName } from './station-words.tsx';
import { FilesHere, StickButton, StickProgress } from './sticks-here.tsx';

function releaseGate({ keys, event, now }: PaperDayView): GateView {
  const [newest] = keys;
  if (!newest) return { allowed: false, reason: { type: 'key-not-here' } };
  if (newest.openedAt !== null) return { allowed: false, reason: { type: 'key-released-already' } };
  if (event.held !== null) return { allowed: false, reason: { type: 'release-held', reason: event.held } };
  return event.releaseAt !== null && event.releaseAt > now
    ? { allowed: false, reason: { type: 'too-early' }, opensAt: event.releaseAt }
    : { allowed: true };
}

export function KeyTab({ site, day, sticks }: PaperTabProps): ReactNode {
  const t = useText();
  const { keys, event, stations } = day;
  const eventId = event.event.id;
  const [newest] = keys;
  const released = newest !== undefined && newest.openedAt !== null;
  const missing = stations.filter(
    ({ admittedAt, replacedBy, hasKey }) => admittedAt !== null && replacedBy === null && !hasKey,
  );
  const toFetch = newest === undefined || event.newer.key;
  const next = toFetch ? 'fetchKey' : !released ? 'release' : missing.length > 0 ? 'giveKey' : 'keyGiven';
  const online = screenGate(day.online, 'centre-not-reached');
  const gate = releaseGate(day);
  return (
    <div className="stack">
      <NowLine
        action={
          <>
            <ActButton
              {...(next === 'fetchKey' ? { type: 'primary' as const } : {})}
              gate={both(sticks.gate, online)}
              act={() => site.paperDay.key.fetch({ eventId })}
              done={t('siteDay.keyHere')}
            >
              {t('siteDay.fetchKey')}
            </ActButton>
            <ActButton
              {...(next === 'release' ? { type: 'primary' as const } : {})}
              gate={both(both(sticks.gate, gate), online)}
              act={() => site.paperDay.key.release({ eventId })}
              done={t('siteDay.releasedNow')}
            >
              {t('siteDay.fetchRelease')}
            </ActButton>
            <DialogButton
              gate={both(
                sticks.gate,
                screenGate(
                  newest !== undefined && !released,
                  newest ? 'key-released-already' : 'key-not-here',
                ),
              )}
              label={`${t('siteDay.typeRelease')}…`}
            >
              {(close) => (
                <TypeRelease
                  enter={(text) => site.paperDay.key.enterRelease({ eventId, text })}
                  close={close}
                />
              )}
            </DialogButton>
            <StickButton
              sticks={sticks}
              label={t('siteDay.writeKey')}
              primary={next === 'giveKey'}
              gate={screenGate(released, 'key-not-released', { number: newest?.number ?? 1 })}
              write={(drive) => site.paperDay.key.write({ eventId, drive })}
            />
          </>
        }
      >
        {t(`siteDay.now.${next}`, { at: event.releaseAt })}
      </NowLine>
      {event.problem && <RefusalAlert refusal={event.problem} />}
      {event.held !== null && !released && (
        <RefusalAlert refusal={{ type: 'release-held', reason: event.held }} />
      )}
      <StickProgress sticks={sticks} />
      {keys.length > 0 && <Keys keys={keys} />}
      <section className="panel">
        <h2>{t('siteDay.forStations')}</h2>
        <p role="status">
          {missing.length === 0
            ? t(released && stations.length > 0 ? 'siteDay.allHaveKey' : 'siteDay.nobodyHasKey')
            : t('siteDay.withoutKey', { stations: missing.map((one) => stationName(t, one)) })}
        </p>
        {day.copies.length > 0 && <Copies of={day.copies} />}
      </section>
      <FilesHere site={site} sticks={sticks} kinds={['access-key', 'release']} hint={t('siteDay.keyHint')} />
    </div>
  );
}

function Keys({ keys }: { keys: PaperDayView['keys'] }): ReactNode {
  const t = useText();
  return (
    <section className="panel">
      <h2>{t('siteDay.keys')}</h2>
      <Listing
        rows={keys}
        rowKey={({ number }) => String(number)}
        columns={({ column, figures, moment }) => [
          figures(t('siteDay.number'), ({ number }) => number),
          column(t('station.members'), ({ opens, members }) =>
            opens === 'password'
              ? t('siteDay.withoutTokens')
              : members.map(({ name, serial }) => `${name} (${serial})`).join(', '),
          ),
          figures(t('siteDay.kits'), ({ rooms }) => rooms.reduce((sum, { kits }) => sum + kits, 0)),
          column(t('siteDay.onlyStations'), ({ stations }) =>
            stations.length === 0 ? t('siteDay.allStations') : stations.join(', '),
          ),
          column(t('station.validity'), ({ notBefore, notAfter }) =>
            t('station.fromTo', { from: dateTime(notBefore), to: dateTime(notAfter) }),
          ),
          moment(t('siteDay.receivedAt'), ({ receivedAt }) => receivedAt),
          column(t('siteDay.released'), ({ openedAt }) => (
            <ReachedMark at={openedAt === null ? null : dateTime(openedAt)} />
          )),
          column(t('siteDay.reason'), ({ reason }) => reason || '–'),
        ]}
      />
    </section>
  );
}

/** A copy that was begun and of which nobody knows is listed, too: the stick may have it. */
function Copies({ of }: { of: PaperDayView['copies'] }): ReactNode {
  const t = useText();
  return (
    <Listing
      rows={of}
      rowKey={({ id }) => id}
      columns={({ column, figures, moment }) => [
        column(t('siteDay.stick'), ({ stick }) => stick),
        figures(t('siteDay.number'), ({ number }) => number),
        figures(t('siteDay.stationCount'), ({ stations }) => stations),
        moment(t('siteDay.begunAt'), ({ begunAt }) => begunAt),
        column(t('siteDay.state'), ({ writtenAt }) =>
          writtenAt === null ? (
            <Mark {...checkMarks.warning} word={t('siteDay.copyUnsure')} />
          ) : (
            <Mark {...checkMarks.done} word={t('siteDay.copyWritten')} />
          ),
        ),
        column(t('siteDay.by'), ({ by }) => by),
      ]}
    />
  );
}

function TypeRelease({
  enter,
  close,
}: {
  enter: (text: string) => Promise<unknown>;
  close: () => void;
}): ReactNode {
  const t = useText();
  const [text, setText] = useState('');
  return (
    <Form
      submit={t('siteDay.openLock')}
      ready={text.trim() !== ''}
      onCancel={close}
      done={t('siteDay.releasedNow')}
      onSubmit={async () => {
        await enter(text);
        close();
      }}
    >
      <p>{t('siteDay.typeReleaseText')}</p>
      <Field label={t('siteDay.wordsOrDigits')} hint={t('siteDay.wordsOrDigitsHint')}>
        <Input.TextArea
          value={text}
          rows={4}
          maxLength={400}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
    </Form>
  );
}
