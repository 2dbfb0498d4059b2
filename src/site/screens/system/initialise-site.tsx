/** 考点管理系统初始化: one dialog that says what goes, and asks for the site code and the password. */
import { useState, type ReactNode } from 'react';
import { Checkbox } from 'antd';
import { DialogButton } from '../../../ui/dialog.tsx';
import { Form } from '../../../ui/form.tsx';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import type { SiteClient } from '../site-console.tsx';
import { isComplete, noProof, ProofFields } from './proof-fields.tsx';
import { WhatGoes } from './what-goes.tsx';

type Gate = Awaited<ReturnType<SiteClient['initialise']['gate']>>;

export function InitialiseSite({ site, onDone }: { site: SiteClient; onDone: () => void }): ReactNode {
  const t = useText();
  const gate = useLoaded('initialise', () => site.initialise.gate());
  if (!gate.value) return null;
  const { goes } = gate.value;
  return (
    <section className="panel panel-narrow stack" aria-label={t('siteSystem.initialise')}>
      <h2>{t('siteSystem.initialise')}</h2>
      <p className="soft">{t('siteSystem.initialiseAbout')}</p>
      <div className="row">
        <DialogButton
          label={t('siteSystem.initialiseDo')}
          title={t('siteSystem.initialise')}
          danger
          width={640}
          gate={gate.value}
          onOpen={gate.reload}
        >
          {(close) => (
            <Questions
              site={site}
              goes={goes}
              close={close}
              onDone={() => {
                close();
                gate.reload();
                onDone();
              }}
            />
          )}
        </DialogButton>
      </div>
    </section>
  );
}

function Questions(props: {
  site: SiteClient;
  goes: Gate['goes'];
  close: () => void;
  onDone: () => void;
}): ReactNode {
  const { site, goes, close, onDone } = props;
  const t = useText();
  const [proof, setProof] = useState(noProof);
  const [keepRegistration, setKeep] = useState(false);
  return (
    <Form
      submit={t('siteSystem.initialiseSubmit')}
      danger
      ready={isComplete(proof)}
      done={t('siteSystem.initialised')}
      onCancel={close}
      onSubmit={async () => {
        await site.initialise.run({ ...proof, keepRegistration });
        onDone();
      }}
    >
      <WhatGoes goes={goes} />
      <p>{t('siteSystem.initialiseText')}</p>
      <Checkbox checked={keepRegistration} onChange={(event) => setKeep(event.target.checked)}>
        {t('siteSystem.keepRegistration')}
      </Checkbox>
      <ProofFields proof={proof} onProof={setProof} />
    </Form>
  );
}
