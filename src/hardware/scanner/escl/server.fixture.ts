/** A scanner of the network as the specification describes it (Mopria eSCL 2.97), with a stack in its feeder and faults on demand. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

const head = `<?xml version="1.0" encoding="UTF-8"?>`;
const spaces = `xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03" xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm"`;
const caps = (
  width: number,
): string => `<scan:MinWidth>16</scan:MinWidth><scan:MaxWidth>${width}</scan:MaxWidth>
<scan:MinHeight>16</scan:MinHeight><scan:MaxHeight>3508</scan:MaxHeight>
<scan:SettingProfiles><scan:SettingProfile><scan:ColorModes><scan:ColorMode>Grayscale8</scan:ColorMode><scan:ColorMode>RGB24</scan:ColorMode></scan:ColorModes>
<scan:DocumentFormats><pwg:DocumentFormat>image/jpeg</pwg:DocumentFormat><scan:DocumentFormatExt>image/jpeg</scan:DocumentFormatExt></scan:DocumentFormats>
<scan:SupportedResolutions><scan:DiscreteResolutions>
<scan:DiscreteResolution><scan:XResolution>200</scan:XResolution><scan:YResolution>200</scan:YResolution></scan:DiscreteResolution>
<scan:DiscreteResolution><scan:XResolution>300</scan:XResolution><scan:YResolution>300</scan:YResolution></scan:DiscreteResolution>
</scan:DiscreteResolutions></scan:SupportedResolutions></scan:SettingProfile></scan:SettingProfiles>`;

interface Job {
  readonly number: number;
  given: number;
  waits: number;
  state: string;
}

export class ServedScanner {
  stack: Uint8Array[] = [];
  /** When so many pages came, the feeder is in this state and the job aborted. */
  fault: { readonly state: string; readonly after: number } | null = null;
  /** Of all that is asked next. */
  next: { readonly http: number } | 'garbage' | 'bomb' | 'cut-off' | null = null;
  /** Before each page it says so often that it is not ready. */
  notReady = 0;
  duplex = true;
  readonly settings: string[] = [];
  readonly deleted: string[] = [];
  /** Where jobs are said to be; a scanner behind another name says that one. */
  locationHost: string | null = null;
  #feeder = 'ScannerAdfLoaded';
  #job: Job | null = null;
  #jobs = 0;
  #server: Server | null = null;

  async start(tls: { key: string; cert: string } | null = null): Promise<string> {
    const answer = (request: IncomingMessage, response: ServerResponse): void =>
      void this.#answer(request, response);
    const server = tls ? createTlsServer(tls, answer) : createServer(answer);
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }

  async end(): Promise<void> {
    const server = this.#server;
    server?.closeAllConnections();
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Uint8Array[] = [];
    for await (const part of request as AsyncIterable<Uint8Array>) parts.push(part);
    const { next } = this;
    if (next === 'garbage') response.end('<html><body>Router</body>');
    else if (next === 'bomb')
      response.end(
        `${head}<!DOCTYPE a [<!ENTITY b "${'b'.repeat(1000)}">]><scan:ScannerStatus>&b;</scan:ScannerStatus>`,
      );
    else if (next && next !== 'cut-off') response.writeHead(next.http).end();
    else this.#serve(request, Buffer.concat(parts).toString(), response);
  }

  #serve(request: IncomingMessage, body: string, response: ServerResponse): void {
    const path = request.url ?? '';
    const job = this.#job;
    if (path === '/eSCL/ScannerCapabilities') response.end(this.#capabilities());
    else if (path === '/eSCL/ScannerStatus') response.end(this.#status());
    else if (path === '/eSCL/ScanJobs' && request.method === 'POST') {
      if (job) {
        response.writeHead(503).end();
        return;
      }
      this.settings.push(body);
      this.#job = { number: ++this.#jobs, given: 0, waits: 0, state: 'Processing' };
      const host = this.locationHost ?? request.headers.host ?? '';
      response.writeHead(201, { location: `http://${host}/eSCL/ScanJobs/${this.#jobs}` }).end();
    } else if (!job || !path.startsWith(`/eSCL/ScanJobs/${job.number}`)) response.writeHead(404).end();
    else if (request.method === 'DELETE') {
      this.deleted.push(path);
      this.#job = null;
      response.end();
    } else this.#document(job, response);
  }

  #document(job: Job, response: ServerResponse): void {
    if (this.fault && job.given >= this.fault.after) {
      this.#feeder = this.fault.state;
      job.state = 'Aborted';
      response.writeHead(404).end();
      return;
    }
    if (job.waits++ < this.notReady) {
      response.writeHead(503, { 'retry-after': '1' }).end();
      return;
    }
    const page = this.stack.shift();
    if (!page) {
      this.#feeder = 'ScannerAdfEmpty';
      job.state = 'Completed';
      response.writeHead(404).end();
      return;
    }
    job.waits = 0;
    job.given++;
    response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': page.length });
    if (this.next === 'cut-off' && job.given === 2) {
      response.write(page.subarray(0, 100), () => response.destroy());
      return;
    }
    response.end(page);
  }

  #capabilities(): string {
    return `${head}<scan:ScannerCapabilities ${spaces}><pwg:Version>2.63</pwg:Version><pwg:MakeAndModel>Test 1</pwg:MakeAndModel>
<scan:Platen><scan:PlatenInputCaps>${caps(2550)}</scan:PlatenInputCaps></scan:Platen>
<scan:Adf><scan:AdfSimplexInputCaps>${caps(2400)}</scan:AdfSimplexInputCaps>
${this.duplex ? `<scan:AdfDuplexInputCaps>${caps(2400)}</scan:AdfDuplexInputCaps>` : ''}</scan:Adf></scan:ScannerCapabilities>`;
  }

  #status(): string {
    const job = this.#job;
    return `${head}<scan:ScannerStatus ${spaces}><pwg:Version>2.63</pwg:Version>
<pwg:State>${job?.state === 'Processing' ? 'Processing' : 'Idle'}</pwg:State><scan:AdfState>${this.#feeder}</scan:AdfState>
<scan:Jobs>${job ? `<scan:JobInfo><pwg:JobUri>/eSCL/ScanJobs/${job.number}</pwg:JobUri><pwg:JobState>${job.state}</pwg:JobState><pwg:JobStateReasons><pwg:JobStateReason>${job.state === 'Aborted' ? 'AbortedBySystem' : 'JobScanning'}</pwg:JobStateReason></pwg:JobStateReasons></scan:JobInfo>` : ''}</scan:Jobs></scan:ScannerStatus>`;
  }
}
