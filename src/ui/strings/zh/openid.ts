import type { openid as en } from '../en/openid.ts';
import type { SameKeys } from '../strings.ts';

export const openid: SameKeys<typeof en> = {
  'openid.title': '统一认证服务（OpenID Connect）',
  'openid.about': '监控平台用户可通过主管部门的统一认证服务登录，密码登录仍然可用。',
  'openid.notSetUp': '尚未配置统一认证服务。',
  'openid.setUpAs': '登录按钮：“使用{label}登录”',
  'openid.open': '配置与测试',
  'openid.signIn': '使用{label}登录',
  'openid.leavesPage': '将离开本页并在登录后返回，页面上未保存的内容会丢失。',
  'openid.back': '返回系统页面',
  'openid.register': '请在认证服务中登记此回调地址',
  'openid.registerHint':
    '作为 Web 应用的回调地址（redirect URI），须完全一致。此地址取决于您打开本控制台的方式，请按所有用户将使用的地址打开。',
  'openid.issuer': '签发者（issuer）',
  'openid.issuerHint': '与认证服务中的写法一致，例如 https://login.example.org/realms/exams',
  'openid.issuerWrong': '须以 https:// 开头，且不含 ? 和 #。',
  'openid.clientId': '客户端 ID',
  'openid.secret': '客户端密钥',
  'openid.secretHint': '加密保存，不再显示。',
  'openid.secretKept': '留空则保留原密钥。',
  'openid.claim': '声明（claim）',
  'openid.claimHint': '认证服务给出的用户信息，例如 preferred_username 或 email。',
  'openid.claimWrong': '字母、数字和 . _ : / -，不含空格。',
  'openid.match': '须与用户的此项一致',
  'openid.match.account': '账号',
  'openid.match.email': '电子邮箱',
  'openid.label': '按钮名称',
  'openid.labelHint': '显示为“使用…登录”，例如：教育局统一认证',
  'openid.saved': '已保存，请测试。',
  'openid.try': '测试',
  'openid.tryHint':
    '请用您自己的账号在认证服务中登录；测试不会登录本平台。如认证服务提示回调地址错误且没有返回，请登记上面的地址。',
  'openid.triedBound': '测试成功：“{name}”以账号 {account} 登录。',
  'openid.triedNew': '测试成功：“{name}”将首次以账号 {account} 登录。',
  'openid.remove': '移除认证服务…',
  'openid.removeText': '登录页将不再显示该按钮。允许使用的用户名单保留。',
  'openid.people': '允许使用的用户',
  'openid.peopleHint':
    '登录不会自动创建账号：须逐个允许。首个以该名称登录的人与账号绑定，此后其他人无法登录该账号。',
  'openid.emailWhere': '邮箱在“电子邮件”页面录入。',
  'openid.email': '电子邮箱',
  'openid.state': '认证服务',
  'openid.notAllowed': '未允许',
  'openid.allowed': '已允许，尚未登录过',
  'openid.bound': '已绑定，{at}',
  'openid.alone': '仅限认证服务',
  'openid.usedAt': '最近使用',
  'openid.allow': '允许',
  'openid.withdraw': '取消允许…',
  'openid.withdrawText': '账号 {account} 将被退出登录，此后用密码登录。',
  'openid.makeAlone': '仅限认证服务…',
  'openid.makeAloneText':
    '账号 {account} 将被退出登录。此后密码和通行密钥均不能登录该账号；认证服务不可用时，{account} 无法登录。',
  'openid.notAlone': '也可用密码',
  'openid.release': '更换人员…',
  'openid.releaseText': '账号 {account} 的绑定将解除并退出登录。下一个以该名称从认证服务登录的人将与其绑定。',
  'openid.releaseDo': '解除绑定',
  'refusal.openid-alone': '此账号只能通过统一认证服务登录。|请点击下方“使用…登录”。',
  'refusal.openid-no-account':
    '认证服务中您的名称为“{name}”，本平台没有此账号。|请联系管理员添加账号，或更正所比对的声明。',
  'refusal.openid-ambiguous': '多个账号使用电子邮箱 {name}。|请联系管理员更正。',
  'refusal.openid-not-allowed':
    '账号 {account} 未被允许使用认证服务登录。|请联系管理员允许（系统、统一认证服务）。',
  'refusal.openid-other-person':
    '账号 {account} 已与认证服务中的另一人绑定。|如已换人，请管理员使用“更换人员…”解除绑定。',
  'refusal.openid-account-off': '账号 {account} 已停用。|请联系管理员。',
  'refusal.openid-cancelled': '已在认证服务中取消登录。|请重试或使用密码。',
  'refusal.openid-provider-refused': '认证服务拒绝：{code}。|请重试；如仍失败，请联系认证服务的管理方。',
  'refusal.openid-wrong-secret':
    '认证服务不接受此客户端 ID 和密钥。|请按认证服务的显示重新输入；密钥可能已过期。',
  'refusal.openid-no-such-client': '认证服务中没有此客户端 ID。|请逐字核对。',
  'refusal.openid-unreachable':
    '{host} 没有响应（{code}）。|请检查地址、网络和认证服务的证书；在此期间请使用密码。',
  'refusal.openid-clock-off':
    '本机与认证服务的时间不一致（相差 {seconds} 秒）。|请校准监控平台计算机的时钟后重试。',
  'refusal.openid-issuer-differs':
    '{issuer} 的响应来自另一个签发者：{found}。|请按认证服务的写法填写，注意末尾的斜杠。',
  'refusal.openid-no-provider': '{issuer} 没有 OpenID Connect 服务。|请填写签发者，而不是登录页地址。',
  'refusal.openid-answer-not-ours':
    '该响应不属于本次登录，或不是认证服务发出的；未登录。|请重新开始。如每次都出现，请核对签发者和客户端 ID。',
  'refusal.openid-claim-missing':
    '认证服务未提供此人的“{claim}”，只提供：{claims}。|请选择其他声明，或让认证服务提供该声明。',
  'refusal.openid-email-not-verified': '邮箱 {email} 在认证服务中尚未验证。|请先在认证服务中验证。',
  'refusal.openid-address-not-registered':
    '认证服务中没有登记回调地址 {address}。|请在认证服务中登记完全一致的地址。',
  'refusal.openid-not-asked': '认证服务的响应不是此处请求的、已使用过或已过期。|请再次点击“使用…登录”。',
  'refusal.openid-not-set-up': '尚未配置统一认证服务。|请使用密码。',
  'refusal.openid-secret-missing': '缺少客户端密钥。|请按认证服务的显示输入。',
  'refusal.openid-needed': '有 {count} 个账号只能通过认证服务登录。|请先让其可用密码登录。',
  'refusal.openid-last-password': '这是最后一个可用密码登录的管理员。|请保留一个，以备认证服务不可用。',
};
