using AugmentedOS.Workflows.Errors;
using Temporalio.Activities;

namespace AugmentedOS.Samples.FanOuts;

internal sealed class Photos
{
    [Activity]
    public string Resize(string photo) => photo == "photo 4"
        ? throw Fail.Poisoned("the file is damaged")
        : $"{photo}: resized";
}
