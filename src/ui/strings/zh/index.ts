import { accommodation } from './accommodation.ts';
import { answerPackage } from './answer-package.ts';
import { apiKeys } from './api-keys.ts';
import { board } from './board.ts';
import { centre } from './centre.ts';
import { code } from './code.ts';
import { completeness } from './completeness.ts';
import { dossier } from './dossier.ts';
import { due } from './due.ts';
import { distribution } from './distribution.ts';
import { codeRegister } from './code-register.ts';
import { dayPackages } from './day-packages.ts';
import { dayPlan } from './day-plan.ts';
import { environment } from './environment.ts';
import { examBrowser } from './exam-browser.ts';
import { forms } from './forms.ts';
import { release } from './release.ts';
import { remoteControl } from './remote-control.ts';
import { forgotten } from './forgotten.ts';
import { frame } from './frame.ts';
import { mail } from './mail.ts';
import { marks } from './marks.ts';
import { openid } from './openid.ts';
import { oneRoster } from './one-roster.ts';
import { gatewayReplies } from './gateway-replies.ts';
import { help } from './help.ts';
import { limits } from './limits.ts';
import { lockHelper } from './lock-helper.ts';
import { locks } from './locks.ts';
import { ownSite } from './own-site.ts';
import { photos } from './photos.ts';
import { protocols } from './protocols.ts';
import { publication } from './publication.ts';
import { refusalCode } from './refusal-code.ts';
import { refusalDay } from './refusal-day.ts';
import { refusalDayPackages } from './refusal-day-packages.ts';
import { refusalDevice } from './refusal-device.ts';
import { refusalDisk } from './refusal-disk.ts';
import { refusalGateway } from './refusal-gateway.ts';
import { refusalForm } from './refusal-form.ts';
import { refusalGeneral } from './refusal-general.ts';
import { refusalPaper } from './refusal-paper.ts';
import { refusalPaperDay } from './refusal-paper-day.ts';
import { refusalParcel } from './refusal-parcel.ts';
import { refusalProject } from './refusal-project.ts';
import { refusalScan } from './refusal-scan.ts';
import { refusalUpload } from './refusal-upload.ts';
import { refusalVoice } from './refusal-voice.ts';
import { refusalSession } from './refusal-session.ts';
import { refusalSite } from './refusal-site.ts';
import { refusalSiteDay } from './refusal-site-day.ts';
import { reserveConsole } from './reserve-console.ts';
import { stationRemoval } from './station-removal.ts';
import { room } from './room.ts';
import { roomRegistration } from './room-registration.ts';
import { roster } from './roster.ts';
import { scanReview } from './scan-review.ts';
import { scanUploads } from './scan-uploads.ts';
import { scans } from './scans.ts';
import { seatFolder } from './seat-folder.ts';
import { sheet } from './sheet.ts';
import { paperDay } from './paper-day.ts';
import { passkeys } from './passkeys.ts';
import { signIns } from './sign-ins.ts';
import { site } from './site.ts';
import { siteBackup } from './site-backup.ts';
import { siteArchives } from './site-archives.ts';
import { siteDay } from './site-day.ts';
import { siteSystem } from './site-system.ts';
import { station } from './station.ts';
import { stationVoice } from './station-voice.ts';
import { stationScan } from './station-scan.ts';
import { stationPrint } from './station-print.ts';
import { storage } from './storage.ts';
import { support } from './support.ts';
import { users } from './users.ts';

export const zh = {
  ...accommodation,
  ...answerPackage,
  ...apiKeys,
  ...board,
  ...centre,
  ...code,
  ...completeness,
  ...dossier,
  ...due,
  ...distribution,
  ...codeRegister,
  ...dayPackages,
  ...dayPlan,
  ...environment,
  ...examBrowser,
  ...forms,
  ...release,
  ...remoteControl,
  ...forgotten,
  ...frame,
  ...mail,
  ...marks,
  ...openid,
  ...oneRoster,
  ...gatewayReplies,
  ...help,
  ...limits,
  ...lockHelper,
  ...locks,
  ...reserveConsole,
  ...stationRemoval,
  ...ownSite,
  ...photos,
  ...protocols,
  ...publication,
  ...refusalCode,
  ...refusalDay,
  ...refusalDayPackages,
  ...refusalDevice,
  ...refusalDisk,
  ...refusalGateway,
  ...refusalForm,
  ...refusalGeneral,
  ...refusalPaper,
  ...refusalPaperDay,
  ...refusalParcel,
  ...refusalProject,
  ...refusalScan,
  ...refusalUpload,
  ...refusalVoice,
  ...refusalSession,
  ...refusalSite,
  ...refusalSiteDay,
  ...room,
  ...roomRegistration,
  ...roster,
  ...scanReview,
  ...scans,
  ...scanUploads,
  ...seatFolder,
  ...sheet,
  ...paperDay,
  ...passkeys,
  ...signIns,
  ...site,
  ...siteBackup,
  ...siteArchives,
  ...siteDay,
  ...siteSystem,
  ...station,
  ...stationVoice,
  ...stationScan,
  ...stationPrint,
  ...storage,
  ...support,
  ...users,
} as const;
