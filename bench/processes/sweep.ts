import { type Call, serve } from '../contenders/serve';
import { sweepContender } from '../contenders/sweep';

const obey = serve(sweepContender(process.cwd()), (answer) => process.send?.(answer));
process.on('message', (call) => obey(call as Call));
