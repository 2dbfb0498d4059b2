/** What the invigilator may not decide alone: asks for it, shows the request to read out, takes the answer. */
import { useState, type ReactNode } from 'react';
import { Input } from 'antd';
import { CodeFigures } from '../../../ui/code-figures.tsx';
import { codeWords } from '../../../ui/codes/code-words.ts';
import { DigitGroups } from '../../../ui/codes/digit-groups.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { clockTime } from '../../../ui/format.ts';
import { useSession } from '../../../ui/session.ts';
import { useText } from '../../../ui/text.ts';
import type { OpenRequestView } from '../../codes/contract.ts';
import type { SessionProps } from './session-page.tsx';

interface Props extends SessionProps {
  wanted: Pick<OpenRequestView, 'action' | 'sittingId' | 'minutes'>;
  done: string;
  close: () => void;
  /** False: something above is still open. */
  ready?: boolean;
  danger?: boolean;
  /** Above the first question. */
  children?: ReactNode;
}

export function ByCode(props: Props): ReactNode {
  const [request, setRequest] = useState<OpenRequestView | null>(null);
  return request === null ? <Ask {...props} asked={setRequest} /> : <Answer {...props} request={request} />;
}

function Ask(props: Props & { asked: (request: OpenRequestView) => void }): ReactNode {
  const t = useText();
  const { room, session, set, wanted, done, close, children, asked, ready = true, danger = false } = props;
  const [reason, setReason] = useState('');
  const alone = session.codesIssuedBy === 'nobody-asked';
  return (
    <Form
      submit={alone ? t('code.doNow') : t('code.ask')}
      ready={ready && reason.trim() !== ''}
      danger={danger}
      onCancel={close}
      done={alone ? done : undefined}
      onSubmit={async () => {
        const { sessionId } = session;
        const answer = await room.code.ask({ ...wanted, sessionId, reason: reason.trim() });
        set(answer.board);
        if (answer.request) asked(answer.request);
        else close();
      }}
    >
      {children}
      <p className="soft">
        {t(
          alone
            ? 'code.mockAsksNobody'
            : session.codesIssuedBy === 'site'
              ? 'code.siteDecides'
              : 'code.centreDecides',
        )}
      </p>
      <Field label={t('room.reason')}>
        <Input maxLength={400} value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
    </Form>
  );
}

function Answer(props: Props & { request: OpenRequestView }): ReactNode {
  const t = useText();
  const { room, board, session, set, done, close, request } = props;
  const { frame } = useSession();
  const [digits, setDigits] = useState('');
  const candidate = board.sittings.find((one) => one.sittingId === request.sittingId);
  const { action, minutes } = request;
  return (
    <Form
      submit={t('code.enter')}
      ready={digits.length === 8}
      onCancel={close}
      done={done}
      onSubmit={async () => {
        set(await room.code.answer({ challenge: request.challenge, answer: digits }));
        close();
      }}
    >
      <p>{t('code.readThis')}</p>
      <Facts
        of={[
          [t('column.room'), frame?.code],
          [t('column.session'), `${session.number} · ${session.name}`],
          [
            t('code.what'),
            `${codeWords(t, { action, amount: minutes })}${candidate ? ` · ${candidate.admissionNumber} ${candidate.name}` : ''}`,
          ],
        ]}
      />
      <Field label={t('code.request')} hint={t('code.validUntil', { at: clockTime(request.validUntil) })}>
        <CodeFigures value={request.challenge} shown={request.challenge.replace('-', ' ')} large />
      </Field>
      <Field label={t('code.answerDigits')}>
        <DigitGroups label={t('code.answerDigits')} value={digits} onChange={setDigits} />
      </Field>
    </Form>
  );
}
