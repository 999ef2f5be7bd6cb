using System.Collections.Concurrent;
using AugmentedOS.Testing;
using Temporalio.Client;

namespace AugmentedOS.Workflows.Tests.Entities;

/// <summary>No message is lost or handled twice, whenever it comes.</summary>
public sealed class EntityDeliveryTests
{
    private const int Senders = 4;
    private const int MessagesOfASender = 12;

    /// <summary>Some send signals and updates, each in its own order and some of it twice, while the entity continues as new every few
    /// messages and its worker dies.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Messages_WheneverTheyCome_AreHandledOnceAndInTheOrderOfTheirSender(int seed)
    {
        var random = new Random(seed);
        var settings = new CartWorkflow.Settings(MessagesPerRun: random.Next(1, 7));
        TestContext.Current.SendDiagnosticMessage($"seed {seed}: {settings}");
        await CartScene.PlayAsync(settings, async (test, cart) =>
        {
            var repeated = new ConcurrentBag<bool>();
            var sending = Enumerable.Range(0, Senders).Select(sender => SendAsync(cart, sender, random.Next(), repeated)).ToList();
            await sending[0];
            await test.RestartWorkerAsync();
            await Task.WhenAll(sending);

            var products = await cart.CheckOutAsync();
            Assert.All(Enumerable.Range(0, Senders), sender => Assert.Equal(
                Enumerable.Range(0, MessagesOfASender).Select(number => Message(sender, number)),
                products.Where(product => product.StartsWith($"{sender}-", StringComparison.Ordinal))));
            Assert.Equal(Senders * MessagesOfASender, products.Count);
            Assert.All(repeated, Assert.False);

            var runs = await test.ListWorkflowsAsync();
            Assert.InRange(runs.Count, 2, 1 + (Senders * MessagesOfASender * 2));
            Assert.All(runs, run => Assert.InRange(run.HistoryLength, 4, 100));
        });
    }

    [Fact]
    public async Task Message_WhenItStartsTheEntity_ReachesWhicheverRunThereIs()
    {
        await using var test = await WorkflowTest.StartAsync(worker => worker.AddWorkflow<CartWorkflow>());
        var cart = await SendAsync(test, "a");
        foreach (var message in (string[])["a", "b", "c", "d", "b"])
        {
            await SendAsync(test, message);
        }

        Assert.Equal(["a", "b", "c", "d"], await cart.CheckOutAsync());

        // The entity is no more; a message makes a new one.
        Assert.Equal(["a"], await (await SendAsync(test, "a")).CheckOutAsync());
    }

    private static Task<WorkflowHandle<CartWorkflow, CartWorkflow.Cart>> SendAsync(WorkflowTest test, string message)
    {
        var options = new WorkflowOptions { Id = "cart" };
        options.SignalWithStart((CartWorkflow workflow) => workflow.AddAsync(message, message));
        return test.StartWorkflowAsync((CartWorkflow workflow) => workflow.RunAsync(new(3, 1_000, null, null, 1_500_000), null), options);
    }

    private static async Task SendAsync(
        WorkflowHandle<CartWorkflow, CartWorkflow.Cart> cart, int sender, int seed, ConcurrentBag<bool> repeated)
    {
        var random = new Random(seed);
        for (var number = 0; number < MessagesOfASender; number++)
        {
            var message = Message(sender, number);
            if (random.Next(2) == 0)
            {
                await cart.AddAsync(message);
            }
            else
            {
                await cart.PutAsync(message);
            }

            if (random.Next(3) == 0)
            {
                repeated.Add(await cart.PutAsync(message, "twice"));
            }
        }
    }

    private static string Message(int sender, int number) => $"{sender}-{number}";
}
