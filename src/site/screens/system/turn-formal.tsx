/** 模考转正考: what the mock exam leaves goes into an archive; the formal exam's registration code is asked for in the same dialog. */
import { useState, type ReactNode } from 'react';
import { DialogButton } from '../../../ui/dialog.tsx';
import { bytes } from '../../../ui/format.ts';
import { Form } from '../../../ui/form.tsx';
import { Listing } from '../../../ui/listing.tsx';
import { CentreFields } from '../../../ui/site-fields.tsx';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import type { SiteClient } from '../site-console.tsx';
import { isComplete, noProof, ProofFields } from './proof-fields.tsx';
import { WhatGoes } from './what-goes.tsx';

type Gate = Awaited<ReturnType<SiteClient['toFormal']['gate']>>;

export function TurnFormal({ site, onDone }: { site: SiteClient; onDone: () => void }): ReactNode {
  const t = useText();
  const gate = useLoaded('to-formal', () => site.toFormal.gate());
  const archives = useLoaded('archives', () => site.toFormal.archives());
  const found = gate.value;
  if (!found) return null;
  return (
    <section className="panel stack" aria-label={t('siteSystem.toFormal')}>
      <h2>{t('siteSystem.toFormal')}</h2>
      <p className="soft">{t('siteSystem.toFormalAbout')}</p>
      <div className="row">
        <DialogButton
          label={t('siteSystem.toFormalDo')}
          title={t('siteSystem.toFormal')}
          danger
          width={640}
          gate={found}
          onOpen={gate.reload}
        >
          {(close) => (
            <Questions
              site={site}
              gate={found}
              close={close}
              onDone={() => {
                close();
                gate.reload();
                archives.reload();
                onDone();
              }}
            />
          )}
        </DialogButton>
      </div>
      {(archives.value ?? []).length > 0 && (
        <Listing
          rows={archives.value ?? []}
          rowKey={({ folder }) => folder}
          caption={t('siteSystem.archives')}
          columns={({ column, moment, figures }) => [
            moment(t('siteSystem.archivedAt'), ({ at }) => at),
            column(t('record.project'), ({ projectName }) => projectName),
            figures(t('siteSystem.goesResults'), ({ results }) => results),
            figures(t('siteSystem.size'), (row) => (
              <span className="nowrap">{bytes(row.bytes, t.language)}</span>
            )),
            column(t('siteSystem.folder'), ({ folder }) => folder),
          ]}
        />
      )}
    </section>
  );
}

function Questions(props: {
  site: SiteClient;
  gate: Gate;
  close: () => void;
  onDone: () => void;
}): ReactNode {
  const { site, gate, close, onDone } = props;
  const t = useText();
  const [proof, setProof] = useState(noProof);
  const [centreAddress, setAddress] = useState(gate.centreAddress ?? '');
  const [registrationCode, setCode] = useState('');
  const { rooms, authorisations, results } = gate.goes;
  return (
    <Form
      submit={t('siteSystem.toFormalSubmit')}
      danger
      ready={isComplete(proof)}
      done={t('siteSystem.turnedFormal')}
      onCancel={close}
      onSubmit={async () => {
        await site.toFormal.run({
          ...proof,
          centreAddress: centreAddress.trim() || null,
          registrationCode: registrationCode.trim() || null,
        });
        onDone();
      }}
    >
      <WhatGoes goes={{ rooms, authorisations, results }} />
      <p>{t('siteSystem.toFormalText')}</p>
      {gate.admitted ? (
        <p>{t('siteSystem.alreadyAdmitted')}</p>
      ) : (
        <>
          <p className="soft">{t('siteSystem.formalCode')}</p>
          <div className="fields-2">
            <CentreFields
              centreAddress={centreAddress}
              registrationCode={registrationCode}
              onAddress={setAddress}
              onCode={setCode}
            />
          </div>
        </>
      )}
      <ProofFields proof={proof} onProof={setProof} />
    </Form>
  );
}
