/** On the system page: what the user wants to be told by e-mail; for administrators the way to the mail server. */
import { useEffect, useState, type ReactNode } from 'react';
import { Button, Checkbox, Select } from 'antd';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { languageNames } from '../../../ui/language.ts';
import { checkMarks, Mark } from '../../../ui/state-mark.tsx';
import { useText, type Text } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import { mailEvents, mailLanguages, type MailEvent, type OwnMail } from '../../mail/contract.ts';
import type { CentreClient } from '../centre-console.tsx';

export function eventWord(t: Text, event: MailEvent): string {
  if (event === 'message') return t('mail.event.message');
  return event === 'incident' ? t('mail.event.incident') : t('mail.event.alarm');
}

/** @param onOpen not given: somebody who does not manage the server */
export function MailPanel({
  centre,
  onOpen,
}: {
  centre: CentreClient;
  onOpen?: (() => void) | undefined;
}): ReactNode {
  const t = useText();
  const { value, set } = useLoaded('own-mail', () => centre.mail.own());
  return (
    <section className="panel panel-narrow">
      <h2>{t('mail.title')}</h2>
      <div className="stack">
        <p className="hint">{t('mail.about')}</p>
        {value && !value.serverKnown && <p>{t('mail.notSetUp')}</p>}
        {value && value.unsent > 0 && (
          <p>
            <Mark {...checkMarks.warning} word={t('mail.unsentCount', { count: value.unsent })} />
          </p>
        )}
        {value && <Own centre={centre} own={value} set={set} />}
        {onOpen && (
          <div className="row">
            <Button onClick={onOpen}>{t('mail.open')}</Button>
          </div>
        )}
      </div>
    </section>
  );
}

function Own(props: { centre: CentreClient; own: OwnMail; set: (own: OwnMail) => void }): ReactNode {
  const t = useText();
  const { centre, own, set } = props;
  const [events, setEvents] = useState(own.events);
  const [language, setLanguage] = useState(own.language);
  useEffect(() => {
    setEvents(own.events);
    setLanguage(own.language);
  }, [own]);
  if (own.email === '') return <p>{t('mail.noAddress')}</p>;
  return (
    <Form
      submit={t('save')}
      done={t('mail.ownSaved')}
      onSubmit={async () => set(await centre.mail.saveOwn({ events, language }))}
    >
      <h3>{t('mail.own')}</h3>
      <p>{t('mail.ownAddress', { email: own.email })}</p>
      <Checkbox.Group
        className="stack"
        value={events}
        onChange={(chosen) => setEvents(mailEvents.filter((one) => chosen.includes(one)))}
        options={mailEvents.map((one) => ({ value: one, label: eventWord(t, one) }))}
      />
      <Field label={t('mail.language')}>
        <Select
          value={language}
          onChange={setLanguage}
          options={mailLanguages.map((one) => ({ value: one, label: languageNames[one] }))}
        />
      </Field>
    </Form>
  );
}
