/** 补时: minutes for one or several; beyond what is free, centre or site permit it. */
import { useState, type ReactNode } from 'react';
import { InputNumber } from 'antd';
import { DialogButton } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { useText } from '../../../ui/text.ts';
import { ByCode } from './by-code.tsx';
import { gateForChosen, Names, type ChosenProps } from './chosen.tsx';

export function ExtraTime(props: ChosenProps): ReactNode {
  const t = useText();
  const { board, chosen } = props;
  return (
    <DialogButton label={t('room.extraTime')} gate={gateForChosen(board.toolbar.exceptions, chosen)}>
      {(close) => <Minutes {...props} close={close} />}
    </DialogButton>
  );
}

const atWork = ['signed-in', 'in-exam', 'away', 'locked', 'resumable'];

function Minutes(props: ChosenProps & { close: () => void }): ReactNode {
  const t = useText();
  const { room, board, session, chosen, set, close } = props;
  const [minutes, setMinutes] = useState(5);
  const [asking, setAsking] = useState(false);
  const needsCode = chosen.some((one) => one.extraTimeMin + minutes > session.freeExtraTimeMin);
  const [only] = chosen.length === 1 ? chosen : [];
  const isWholeRoom = board.sittings
    .filter((one) => atWork.includes(one.state))
    .every((one) => chosen.some(({ sittingId }) => sittingId === one.sittingId));
  const done = t('room.gaveMinutes', { minutes, count: chosen.length });
  if (asking)
    return (
      <ByCode
        {...props}
        wanted={{ action: 'extra-time', sittingId: only?.sittingId ?? null, minutes }}
        done={done}
      >
        <p>{t('permit.extra-time', { minutes })}</p>
        <Names of={chosen} />
      </ByCode>
    );
  return (
    <Form
      submit={needsCode ? t('room.minutesByCode', { minutes }) : t('room.giveMinutes', { minutes })}
      ready={!needsCode || only !== undefined || isWholeRoom}
      onCancel={close}
      done={needsCode ? undefined : done}
      onSubmit={async () => {
        if (needsCode) return setAsking(true);
        set(await room.sitting.extraTime({ sittingIds: chosen.map((one) => one.sittingId), minutes }));
        close();
      }}
    >
      <p>{t('room.extraTimeText')}</p>
      <Names of={chosen} />
      <Field label={t('room.minutes')}>
        <InputNumber
          min={1}
          // More does not fit into a request.
          max={255}
          value={minutes}
          onChange={(value) => setMinutes(value ?? 1)}
        />
      </Field>
      {needsCode && (
        <p className="soft">
          {t(only !== undefined || isWholeRoom ? 'room.extraTimeNeedsCode' : 'room.codeForOneOrAll', {
            free: session.freeExtraTimeMin,
          })}
        </p>
      )}
    </Form>
  );
}
