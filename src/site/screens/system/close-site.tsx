/** 关闭考点管理系统: what is unreported, and the dialog that ends the program all the same. */
import { useState, type ReactNode } from 'react';
import { Alert } from 'antd';
import { DialogButton } from '../../../ui/dialog.tsx';
import { Form } from '../../../ui/form.tsx';
import { RefusalText } from '../../../ui/refusal-text.tsx';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import type { SiteClient } from '../site-console.tsx';
import { isComplete, noProof, ProofFields } from './proof-fields.tsx';

export function CloseSite({ site }: { site: SiteClient }): ReactNode {
  const t = useText();
  const state = useLoaded('close', () => site.close.state());
  const [closed, setClosed] = useState(false);
  const unreported = state.value?.unreported ?? null;
  return (
    <section className="panel panel-narrow stack" aria-label={t('siteSystem.close')}>
      <h2>{t('siteSystem.close')}</h2>
      <p className="soft">{t('siteSystem.closeAbout')}</p>
      {unreported && (
        <Alert type="warning" showIcon role="status" title={<RefusalText refusal={unreported} />} />
      )}
      {closed && <Alert type="info" showIcon role="status" title={t('siteSystem.closed')} />}
      <div className="row">
        <DialogButton
          label={t('siteSystem.closeDo')}
          title={t('siteSystem.close')}
          danger
          onOpen={state.reload}
        >
          {(close) => (
            <Questions
              site={site}
              text={t(unreported ? 'siteSystem.closeUnreported' : 'siteSystem.closeText')}
              close={close}
              onDone={() => {
                close();
                setClosed(true);
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
  text: string;
  close: () => void;
  onDone: () => void;
}): ReactNode {
  const { site, text, close, onDone } = props;
  const t = useText();
  const [proof, setProof] = useState(noProof);
  return (
    <Form
      submit={t('siteSystem.closeSubmit')}
      danger
      ready={isComplete(proof)}
      onCancel={close}
      onSubmit={async () => {
        await site.close.run(proof);
        onDone();
      }}
    >
      <p>{text}</p>
      <ProofFields proof={proof} onProof={setProof} />
    </Form>
  );
}
